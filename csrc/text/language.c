#include "text/language.h"

static const struct {
  const char *code, *english, *chinese;
} languages[] = {
  { "ar", "Arabic", "阿拉伯" },    { "bg", "Bulgarian", NULL },    { "bn", "Bengali", NULL },
  { "ca", "Catalan", NULL },       { "cs", "Czech", "捷克" },      { "da", "Danish", "丹麥" },
  { "de", "German", "德" },        { "el", "Greek", "希臘" },      { "en", "English", "英" },
  { "es", "Spanish", "西班牙" },   { "et", "Estonian", NULL },     { "fa", "Persian", "波斯" },
  { "fi", "Finnish", "芬蘭" },     { "fr", "French", "法" },       { "he", "Hebrew", "希伯來" },
  { "hi", "Hindi", NULL },         { "hr", "Croatian", NULL },     { "hu", "Hungarian", NULL },
  { "hy", "Armenian", NULL },      { "id", "Indonesian", "印尼" }, { "is", "Icelandic", NULL },
  { "it", "Italian", "義大利" },   { "ja", "Japanese", "日" },     { "ka", "Georgian", NULL },
  { "ko", "Korean", "韓" },        { "lt", "Lithuanian", NULL },   { "lv", "Latvian", NULL },
  { "mk", "Macedonian", NULL },    { "ms", "Malay", "馬來" },      { "nl", "Dutch", "荷蘭" },
  { "no", "Norwegian", "挪威" },   { "pl", "Polish", "波蘭" },     { "pt", "Portuguese", "葡萄牙" },
  { "ro", "Romanian", NULL },      { "ru", "Russian", "俄" },      { "sk", "Slovak", NULL },
  { "sl", "Slovene", NULL },       { "sq", "Albanian", NULL },     { "sr", "Serbian", NULL },
  { "sv", "Swedish", "瑞典" },     { "th", "Thai", "泰" },         { "tr", "Turkish", "土耳其" },
  { "uk", "Ukrainian", "烏克蘭" }, { "ur", "Urdu", NULL },         { "vi", "Vietnamese", "越南" },
  { "zh", "Chinese", "中" },
};

/* "英文", "英语", "英語". */
static bool is_chinese_name (na_slice name, const char *chinese) {
  static const char *const endings[] = { "文", "语", "語" };
  na_slice start = na_slice_z(chinese);
  if (!chinese || !na_slice_starts(name, start)) return false;
  for (size_t i = 0; i < 3; i++)
    if (na_slice_equal(na_slice_part(name, start.size, name.size), na_slice_z(endings[i]))) return true;
  return false;
}

na_slice na_language_of (na_slice name) {
  name = na_slice_trim(name);
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (na_slice_equal(name, na_slice_z(languages[i].code)) ||
        na_slice_equal(name, na_slice_z(languages[i].english)) || is_chinese_name(name, languages[i].chinese))
      return na_slice_z(languages[i].code);
  return NA_NONE;
}
