/* csrc/index/forms.h -- characters that stand for each other: simplified and traditional ones, as a site uses them. */
#ifndef NA_INDEX_FORMS_H
#define NA_INDEX_FORMS_H

#include "parse/report.h"

#define NA_FORMS_COUNT 0x10000 /* the basic plane */

/*
** Fills `forms` (NA_FORMS_COUNT numbers) with the form to take for each character: itself, or one that names in the context
** of stories have where their titles have it. Fails only for want of memory.
*/
na_status na_forms_learn (const na_report *report, uint16_t *forms);

#endif
