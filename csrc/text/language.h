/* csrc/text/language.h -- languages by the names that stand beside sources. */
#ifndef NA_TEXT_LANGUAGE_H
#define NA_TEXT_LANGUAGE_H

#include "base/slice.h"

/*
** The BCP 47 tag of a language's name in English ("Spanish") or Chinese ("西班牙文", "英语"), or of what is its tag already;
** absent where it is no language we know. A constant.
*/
na_slice na_language_of (na_slice name);

#endif
