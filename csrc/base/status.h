/* csrc/base/status.h -- how every fallible function of the core answers. */
#ifndef NA_BASE_STATUS_H
#define NA_BASE_STATUS_H

/*
** NA_OK      done.
** NA_NOMEM   memory ran out; what was built so far is still valid and can be freed.
** NA_BAD     the input cannot be used (syntax, type, encoding).
** NA_LIMIT   the input passes a named limit.
** NA_IO      the operating system said no; errno tells why.
*/
typedef enum na_status { NA_OK = 0, NA_NOMEM, NA_BAD, NA_LIMIT, NA_IO } na_status;

/* Hands the first failure of `expression` to the caller. */
#define NA_TRY(expression)                              \
  do {                                                  \
    na_status na_try_status_ = (expression);            \
    if (na_try_status_ != NA_OK) return na_try_status_; \
  } while (0)

#endif
