#define _GNU_SOURCE /* madvise: what POSIX has instead does nothing in glibc; O_TMPFILE */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

#define BUFFER_BYTES 65536
#define WRITE_BYTES  ((size_t)1 << 30) /* in one call: POSIX leaves open what more than SSIZE_MAX does */
#define LINKS_MAX    40                /* as Linux: more is a ring */
#define BESIDE_MAX   1000 /* processes that write the same file at once, before one more is refused */
#define SUFFIX_BYTES sizeof ".unfinished1000"

static na_status refuse (int why) {
  errno = why;
  return NA_IO;
}

static int open_file (const char *path, int flags, mode_t mode) {
  int file;
  do file = open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
  while (file < 0 && errno == EINTR);
  return file;
}

static int sync_file (int file) {
  int failed;
  do failed = fsync(file);
  while (failed && errno == EINTR);
  return failed;
}

/* Closes what was only read, or what failed already: no news can come of it. */
static void close_quietly (int file) {
  int why = errno;
  close(file);
  errno = why;
}

/* ---- Reading ---- */

na_status na_file_map_open (int file, na_slice *bytes) {
  struct stat about;
  *bytes = NA_NONE;
  if (fstat(file, &about) != 0) return NA_IO;
  if (!S_ISREG(about.st_mode)) return refuse(S_ISDIR(about.st_mode) ? EISDIR : EINVAL);
  if ((uintmax_t)about.st_size > SIZE_MAX) return refuse(EFBIG);
  size_t size = (size_t)about.st_size;
  void *data = size ? mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0) : NULL;
  if (data == MAP_FAILED) return NA_IO;
  *bytes = size ? na_slice_of(data, size) : NA_LITERAL("");
  return NA_OK;
}

na_status na_file_map (const char *path, na_slice *bytes) {
  *bytes = NA_NONE;
  int file = open_file(path, O_RDONLY | O_NONBLOCK, 0);
  if (file < 0) return NA_IO;
  na_status status = na_file_map_open(file, bytes);
  close_quietly(file);
  return status;
}

void na_file_unmap (na_slice bytes) {
  /* The bytes are const to their readers, not to the mapping. */
  if (bytes.size) munmap((void *)(uintptr_t)bytes.data, bytes.size);
}

void na_file_rest (na_slice bytes) {
  if (bytes.size) madvise((void *)(uintptr_t)bytes.data, bytes.size, MADV_DONTNEED);
}

/* ---- Without a name ---- */

/* A file that had a name for a moment, where the file system knows none without. */
static int make_unnamed (const char *folder) {
  static const char pattern[] = "/newsarchive-XXXXXX";
  char path[PATH_MAX];
  size_t size = strlen(folder);
  if (size > sizeof path - sizeof pattern) return errno = ENAMETOOLONG, -1;
  memcpy(path, folder, size);
  memcpy(path + size, pattern, sizeof pattern);
  int file = mkstemp(path);
  if (file < 0) return file;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
}

int na_file_temporary (void) {
  const char *folder = getenv("TMPDIR");
  if (!folder || !*folder) folder = P_tmpdir;
#ifdef O_TMPFILE /* nothing is left of it, whenever we are killed */
  int file = open_file(folder, O_TMPFILE | O_RDWR | O_EXCL, 0600);
  if (file >= 0) return file;
#endif
  return make_unnamed(folder);
}

na_status na_file_put (int file, uint64_t offset, na_slice bytes) {
  while (bytes.size) {
    size_t size = bytes.size < WRITE_BYTES ? bytes.size : WRITE_BYTES;
    ssize_t done = pwrite(file, bytes.data, size, (off_t)offset);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return refuse(done < 0 ? errno : ENOSPC);
    bytes = na_slice_part(bytes, (size_t)done, bytes.size);
    offset += (uint64_t)done;
  }
  return NA_OK;
}

/* ---- Where it is written ---- */

/* Puts in *here what the symbolic link *here holds, as seen from the link's folder. */
static na_status follow (char **here) {
  char target[PATH_MAX];
  ssize_t size = readlink(*here, target, sizeof target);
  if (size < 0) return NA_IO;
  if ((size_t)size == sizeof target) return refuse(ENAMETOOLONG);
  const char *slash = target[0] == '/' ? NULL : strrchr(*here, '/');
  size_t folder = slash ? (size_t)(slash - *here) + 1 : 0;
  char *next = na_malloc(folder + (size_t)size + 1);
  if (!next) return NA_NOMEM;
  memcpy(next, *here, folder);
  memcpy(next + folder, target, (size_t)size);
  next[folder + (size_t)size] = '\0';
  na_free(*here);
  *here = next;
  return NA_OK;
}

/* `path` without symbolic links in its last name, also where they lead to nothing yet. */
static na_status resolve (const char *path, char **resolved) {
  size_t size = strlen(path) + 1;
  if (size == 1) return refuse(ENOENT);
  *resolved = na_malloc(size);
  if (!*resolved) return NA_NOMEM;
  memcpy(*resolved, path, size);
  for (int links = 0; links < LINKS_MAX; links++) {
    struct stat about;
    if (lstat(*resolved, &about) != 0 || !S_ISLNK(about.st_mode)) return NA_OK;
    NA_TRY(follow(resolved));
  }
  return refuse(ELOOP);
}

/* Whether the open file has that name. */
static bool is_named (int file, const char *path) {
  struct stat open, named;
  return fstat(file, &open) == 0 && lstat(path, &named) == 0 && open.st_dev == named.st_dev &&
         open.st_ino == named.st_ino;
}

/* Removes what a killed process left there: who still writes holds a lock. */
static void remove_left (const char *beside) {
  struct stat about;
  int file = open_file(beside, O_WRONLY | O_NOFOLLOW | O_NONBLOCK, 0);
  if (file < 0) return;
  bool ours = fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid();
  if (ours && flock(file, LOCK_EX | LOCK_NB) == 0 && is_named(file, beside)) unlink(beside);
  close_quietly(file);
}

/* Makes and locks a file that was not there; -1 with errno, EEXIST where another process has the name. */
static int create_locked (const char *beside, mode_t mode) {
  int file = open_file(beside, O_WRONLY | O_CREAT | O_EXCL, mode);
  if (file < 0) return file;
  bool taken =
      flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; /* not every file system has locks */
  if (!taken && is_named(file, beside)) return file;
  close_quietly(file); /* it was seen before it was locked, and removed as left by somebody */
  errno = EEXIST;
  return -1;
}

/* Makes a file that was not there beside writer->path. */
static na_status create_beside (na_file_writer *writer, mode_t mode) {
  size_t size = strlen(writer->path);
  char *beside = na_malloc(size + SUFFIX_BYTES);
  if (!beside) return NA_NOMEM;
  memcpy(beside, writer->path, size);
  memcpy(beside + size, ".unfinished", sizeof ".unfinished");
  for (unsigned n = 2;; n++) {
    remove_left(beside);
    writer->file = create_locked(beside, mode);
    if (writer->file >= 0 || errno != EEXIST || n > BESIDE_MAX) break;
    snprintf(beside + size, SUFFIX_BYTES, ".unfinished%u", n);
  }
  if (writer->file < 0) {
    int why = errno;
    na_free(beside);
    return refuse(why);
  }
  writer->beside = beside;
  writer->is_open = writer->can_rewrite = true;
  return NA_OK;
}

static na_status open_itself (na_file_writer *writer, const char *path) {
  writer->file = open_file(path, O_WRONLY | O_NONBLOCK, 0); /* a pipe that nobody reads is not waited for */
  if (writer->file < 0) return NA_IO;
  writer->is_open = true;
  writer->can_rewrite = lseek(writer->file, 0, SEEK_CUR) >= 0;
  return NA_OK;
}

static na_status open_writer (na_file_writer *writer, const char *path) {
  struct stat old;
  bool is_there = stat(path, &old) == 0;
  if (is_there && !S_ISREG(old.st_mode)) return open_itself(writer, path);
  NA_TRY(resolve(path, &writer->path));
  if (!is_there) return create_beside(writer, 0666);
  NA_TRY(
      create_beside(writer, 0600)); /* never readable by more than the old file is, not even for a moment */
  return fchmod(writer->file, old.st_mode & 0777) == 0 ? NA_OK : NA_IO;
}

na_status na_file_begin (na_file_writer *writer, const char *path) {
  *writer = (na_file_writer){ .buffer = na_malloc(BUFFER_BYTES) };
  na_status status = writer->buffer ? open_writer(writer, path) : NA_NOMEM;
  if (status != NA_OK) na_file_abandon(writer);
  return status;
}

na_status na_file_begin_temporary (na_file_writer *writer) {
  *writer = (na_file_writer){ .buffer = na_malloc(BUFFER_BYTES) };
  if (!writer->buffer) return NA_NOMEM;
  writer->file = na_file_temporary();
  writer->is_open = writer->can_rewrite = writer->file >= 0;
  if (writer->is_open) return NA_OK;
  na_file_abandon(writer);
  return NA_IO;
}

void na_file_abandon (na_file_writer *writer) {
  int why = errno;
  if (writer->is_open) close(writer->file);
  if (writer->beside) unlink(writer->beside);
  na_free(writer->path);
  na_free(writer->beside);
  na_free(writer->buffer);
  *writer = (na_file_writer){ 0 };
  errno = why;
}

/* ---- Writing ---- */

static na_status fail (na_file_writer *writer, int why) {
  writer->fault = why;
  return refuse(why);
}

static na_status put (na_file_writer *writer, const char *data, size_t size) {
  while (size) {
    ssize_t done = write(writer->file, data, size < WRITE_BYTES ? size : WRITE_BYTES);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return fail(writer, done < 0 ? errno : ENOSPC);
    data += done;
    size -= (size_t)done;
  }
  return NA_OK;
}

static na_status flush (na_file_writer *writer) {
  if (writer->fault) return refuse(writer->fault);
  size_t held = writer->held;
  writer->held = 0;
  return put(writer, writer->buffer, held);
}

na_status na_file_write (na_file_writer *writer, na_slice bytes) {
  if (bytes.size > BUFFER_BYTES - writer->held) NA_TRY(flush(writer));
  if (writer->fault) return refuse(writer->fault);
  if (bytes.size >= BUFFER_BYTES) return put(writer, bytes.data, bytes.size);
  if (bytes.size) memcpy(writer->buffer + writer->held, bytes.data, bytes.size);
  writer->held += bytes.size;
  return NA_OK;
}

na_status na_file_rewrite (na_file_writer *writer, uint64_t offset, na_slice bytes) {
  NA_TRY(flush(writer));
  return na_file_put(writer->file, offset, bytes) == NA_OK ? NA_OK : fail(writer, errno);
}

/* ---- Putting it in its place ---- */

/* Makes the new name in the folder of `path` last; cuts `path`. Not every folder can be read, or synced. */
static na_status sync_folder (char *path) {
  char *slash = strrchr(path, '/');
  if (slash) slash[slash == path] = '\0';
  int folder = open_file(slash ? path : ".", O_RDONLY | O_DIRECTORY, 0);
  if (folder < 0) return NA_OK;
  na_status status = sync_file(folder) == 0 || errno == EINVAL ? NA_OK : NA_IO;
  close_quietly(folder);
  return status;
}

static na_status commit (na_file_writer *writer) {
  if (!writer->is_open) return refuse(EBADF);
  NA_TRY(flush(writer));
  if (!writer->beside) {
    writer->is_open = false;
    return close(writer->file) == 0 || errno == EINTR ? NA_OK : NA_IO;
  }
  if (sync_file(writer->file) != 0) return NA_IO;
  /* It is closed, and with that unlocked, when it has its name: nobody may take it for left behind. */
  if (rename(writer->beside, writer->path) != 0) return NA_IO;
  na_free(writer->beside);
  writer->beside = NULL;
  return sync_folder(writer->path);
}

na_status na_file_commit (na_file_writer *writer) {
  na_status status = commit(writer);
  na_file_abandon(writer);
  return status;
}

na_status na_file_commit_mapped (na_file_writer *writer, na_slice *bytes) {
  *bytes = NA_NONE;
  na_status status = writer->is_open ? flush(writer) : refuse(EBADF);
  if (status == NA_OK) status = na_file_map_open(writer->file, bytes);
  na_file_abandon(writer);
  return status;
}
