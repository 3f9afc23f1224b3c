/* spec/bench/markdown.c -- Markdown behind our guards and in our memory, beside libcmark by itself, in one run over the
** files whose names come on stdin. CPU seconds, median of ROUNDS; a ratio above 1 is quicker than libcmark. */
#include <cmark.h>

#include "measure.h"
#include "parse/markdown.h"

static void bare_parse (na_slice text) {
  cmark_node_free(cmark_parse_document(text.data, text.size, CMARK_OPT_DEFAULT));
}

static void our_parse (na_slice text) {
  na_markdown_problem problem;
  if (na_markdown_parse(text, &problem) != NA_OK || problem.code) fputs("a text was not parsed\n", stderr);
}

static void bare_html (na_slice text) {
  free(cmark_markdown_to_html(text.data, text.size, CMARK_OPT_DEFAULT));
}

static void our_html (na_slice text) {
  na_buffer out = { 0 };
  na_markdown_problem problem;
  if (na_markdown_html(&out, text, 1, &problem) != NA_OK || problem.code)
    fputs("a text was not rendered\n", stderr);
  na_buffer_free(&out);
}

int main (void) {
  files all = { 0 };
  add_listed_files(&all);
  void (*const work[])(na_slice) = { bare_parse, our_parse, bare_html, our_html };
  double medians[4];
  measure(&all, work, 4, medians);
  double megabytes = (double)all.bytes * 1e-6;
  printf("markdown: %zu files, %.1f MB\n", all.count, megabytes);
  printf("  libcmark parse %.3f s, ours %.3f s (%.1f MB/s): ratio %.2f\n", medians[0], medians[1],
         megabytes / medians[1], medians[0] / medians[1]);
  printf("  libcmark HTML  %.3f s, ours %.3f s (%.1f MB/s): ratio %.2f\n", medians[2], medians[3],
         megabytes / medians[3], medians[2] / medians[3]);
  free_files(&all);
  return 0;
}
