#!/bin/sh
# Fetches Debian's source of the Lua 5.4 that is installed, patched, into the folder $1/source. The system's own
# package lists are left alone, and no right of root is needed. Fails where the source cannot be had.
set -eu
folder=$(readlink -f "$1")
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
  sort -u > "$folder/sources.list"
version=$(dpkg-query -W -f '${source:Version}' lua5.4)
apt() {
  apt-get -q -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$folder/lists" \
    -o Dir::Cache="$folder/cache" -o Acquire::Languages=none -o APT::Sandbox::User= "$@"
}
apt update
cd "$folder"
apt source "lua5.4=$version"
rm -rf source lists cache
mv lua5.4-*/ source
