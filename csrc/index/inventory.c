#include "index/inventory.h"

static const struct {
  const char *name;
  bool rows;
} sections[NA_SECTION_COUNT] = {
  [NA_SECTION_META] = { "meta", true },
  [NA_SECTION_DAYS] = { "days", false },
  [NA_SECTION_RECORDS] = { "records", true },
  [NA_SECTION_IDS] = { "ids", false },
  [NA_SECTION_ENTITIES] = { "entities", true },
  [NA_SECTION_SOURCES] = { "sources", true },
  [NA_SECTION_TOPICS] = { "topics", true },
  [NA_SECTION_CATEGORIES] = { "categories", true },
  [NA_SECTION_TEXTS] = { "texts", true },
  [NA_SECTION_MENTIONS] = { "mentions", true },
  [NA_SECTION_FORMS] = { "forms", true },
  [NA_SECTION_FORM_TERMS] = { "form-terms", false },
  [NA_SECTION_STEMS] = { "stems", false },
  [NA_SECTION_WORDS] = { "words", false },
  [NA_SECTION_NAMES] = { "names", false },
  [NA_SECTION_LENGTHS] = { "lengths", false },
  [NA_SECTION_TERMS] = { "terms", true },
  [NA_SECTION_SOURCE_STORIES] = { "source-stories", true },
  [NA_SECTION_TOPIC_STORIES] = { "topic-stories", true },
  [NA_SECTION_CATEGORY_STORIES] = { "category-stories", true },
  [NA_SECTION_ENTITY_KEYS] = { "entity-keys", false },
  [NA_SECTION_SOURCE_KEYS] = { "source-keys", false },
  [NA_SECTION_TOPIC_KEYS] = { "topic-keys", false },
  [NA_SECTION_CATEGORY_KEYS] = { "category-keys", false },
  [NA_SECTION_REPEATS] = { "repeats", false },
  [NA_SECTION_RELATIONS] = { "relations", true },
  [NA_SECTION_THREADS] = { "threads", false },
};

na_status na_inventory_take (na_inventory *inventory, const na_image *image, na_section section) {
  na_rows rows;
  na_column column;
  if (section >= NA_SECTION_COUNT) return NA_BAD;
  *inventory = (na_inventory){ .name = sections[section].name,
                               .is_there = na_image_has(image, section),
                               .rows = sections[section].rows,
                               .bytes = na_image_section(image, section).size };
  if (inventory->rows) {
    NA_TRY(na_rows_open(&rows, image, section));
    inventory->items = rows.count;
  } else {
    NA_TRY(na_column_open(&column, image, section));
    inventory->items = column.count;
  }
  return NA_OK;
}

static na_status add_own (void *context, na_pool pool, uint32_t number) {
  size_t *bytes = context;
  if (pool == NA_POOL_NONE) *bytes += number;
  return NA_OK;
}

na_status na_inventory_texts (const na_archive *archive, size_t *bytes) {
  *bytes = 0;
  for (size_t pool = 1; pool < NA_POOL_COUNT; pool++)
    for (size_t i = 0; i < archive->pools[pool].count; i++)
      *bytes += na_rows_get(&archive->pools[pool], i).size;
  for (size_t i = 0; i < archive->count; i++)
    NA_TRY(na_story_scan(na_rows_get(&archive->records, i), archive->pools, add_own, bytes));
  return na_archive_is_damaged(archive) ? NA_BAD : NA_OK;
}
