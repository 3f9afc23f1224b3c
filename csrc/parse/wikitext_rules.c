/* csrc/parse/wikitext_rules.c -- the templates known from the start, and the names of languages. */
#include <stdlib.h>

#include "parse/wikitext_parser.h"

#define SHOW(name, text) { name, NA_WT_SHOW, text, NULL, NULL }
#define LINK(name, link, text) { name, NA_WT_SHOW, text, link, NULL }
#define SHIP(name, prefix) { name, NA_WT_SHOW, prefix " {1}", prefix " {1}[ ({2})]", NULL }
#define MISSING(name, link, text, elsewhere) { name, NA_WT_SHOW, text, link, elsewhere }
#define DROP(name) { name, NA_WT_DROP, NULL, NULL, NULL }
#define ACT(name, action) { name, action, NULL, NULL, NULL }

/* Sorted by name, which is how it is searched. */
static const na_wt_rule rules[] = {
  SHOW("!", "|"),
  SHOW("'", "'"),
  SHOW("'s", "'s"),
  SHOW("-", ""),
  SHOW("=", "="),
  SHOW("a$", "A${1}"),
  SHOW("abbr", "{1}"),
  SHOW("abbrlink", "{1}"),
  SHOW("as of", "As of [{3} ][{2} ]{1}"),
  SHOW("big", "{1}"),
  DROP("better source needed"),
  DROP("better source"),
  SHOW("c$", "C${1}"),
  DROP("cbignore"),
  SHOW("circa", "c. {1}"),
  DROP("circular reference"),
  DROP("citation needed"),
  DROP("citation needed span"),
  ACT("citation", NA_WT_CITE),
  ACT("cite journal", NA_WT_CITE),
  ACT("cite news", NA_WT_CITE),
  ACT("cite press release", NA_WT_CITE),
  ACT("cite web", NA_WT_CITE),
  DROP("clarify"),
  DROP("clear"),
  DROP("cleanup"),
  DROP("cn"),
  SHOW("color", "{2}"),
  ACT("convert", NA_WT_CONVERT),
  DROP("current"),
  ACT("cvt", NA_WT_CONVERT),
  DROP("date"),
  ACT("dead link", NA_WT_DEAD),
  ACT("dead url", NA_WT_DEAD),
  ACT("deadlink", NA_WT_DEAD),
  DROP("disambiguation needed"),
  DROP("dn"),
  DROP("dpp"),
  DROP("dubious"),
  DROP("efn"),
  SHOW("euro", "€{1}"),
  DROP("fact"),
  SHOW("flag", "{1}"),
  SHOW("flagcountry", "{1}"),
  DROP("flagicon"),
  SHOW("frac", "[{3} ]{1}⁄{2}"),
  SHOW("gbp", "£{1}"),
  SHIP("hmas", "HMAS"),
  SHIP("hmcs", "HMCS"),
  SHIP("hms", "HMS"),
  MISSING("ill", "{1}", "{lt|1}", "{2}:{3|1}"),
  MISSING("illm", "{1}", "{lt|1}", "{2}:{3|1}"),
  ACT("in lang", NA_WT_LANGUAGE),
  DROP("increase"),
  SHIP("ins", "INS"),
  MISSING("interlanguage link", "{1}", "{lt|1}", "{2}:{3|1}"),
  MISSING("interlanguage link multi", "{1}", "{lt|1}", "{2}:{3|1}"),
  MISSING("internal link helper/en", "{1}", "{3|1}", "en:{2}"),
  SHOW("inr", "₹{1}"),
  SHOW("iso 4217", "{1}"),
  SHOW("lang", "{2}"),
  ACT("languageicon", NA_WT_LANGUAGE),
  SHOW("langx", "{2}"),
  MISSING("le", "{1}", "{3|1}", "en:{2}"),
  DROP("lead too short"),
  MISSING("link-de", "{1}", "{3|1}", "de:{2}"),
  MISSING("link-en", "{1}", "{3|1}", "en:{2}"),
  MISSING("link-es", "{1}", "{3|1}", "es:{2}"),
  MISSING("link-fr", "{1}", "{3|1}", "fr:{2}"),
  MISSING("link-ja", "{1}", "{3|1}", "ja:{2}"),
  MISSING("link-ko", "{1}", "{3|1}", "ko:{2}"),
  MISSING("link-ru", "{1}", "{3|1}", "ru:{2}"),
  MISSING("lj", "{1}", "{3|1}", "ja:{2}"),
  SHOW("mdash", "—"),
  SHIP("mv", "MV"),
  SHOW("nbsp", "{nothing} "),
  SHOW("ndash", "–"),
  SHOW("nobold", "{1}"),
  SHOW("nobr", "{1}"),
  SHOW("nobreak", "{1}"),
  SHOW("noitalic", "{1}"),
  DROP("nonp"),
  DROP("noteta"),
  SHOW("nowrap", "{1}"),
  SHOW("okina", "ʻ"),
  DROP("paywall"),
  DROP("pd-notice"),
  SHOW("percentage", "{1}"),
  SHOW("pound sterling", "£{1}"),
  DROP("pp"),
  DROP("pp-protected"),
  DROP("pp-semi"),
  DROP("primary source inline"),
  DROP("refend"),
  DROP("reflist"),
  DROP("registration required"),
  SHIP("rms", "RMS"),
  LINK("sclass", "{1}-class {2}", "{1}-class {2}"),
  DROP("sfn"),
  LINK("ship", "{1} {2}[ ({3})]", "{1} {2}"),
  DROP("short description"),
  SHOW("sic", "{1}"),
  SHOW("small", "{1}"),
  SHOW("smaller", "{1}"),
  SHOW("snd", " – "),
  SHOW("space", "{nothing} "),
  SHOW("spaced en dash", " – "),
  SHOW("spaced ndash", " – "),
  SHIP("ss", "SS"),
  SHOW("sub", "{1}"),
  DROP("subscription required"),
  SHOW("sup", "{1}"),
  MISSING("tsl", "{3|2}", "{4|3|2}", "{1}:{2}"),
  DROP("unreliable source?"),
  SHOW("us$", "US${1}"),
  SHIP("uscgc", "USCGC"),
  SHOW("usd", "US${1}"),
  SHIP("uss", "USS"),
  DROP("update after"),
  DROP("update inline"),
  DROP("use dmy dates"),
  DROP("use mdy dates"),
  SHOW("val", "{1}[ {u|ul}]"),
  ACT("wayback", NA_WT_ARCHIVED),
  ACT("webarchive", NA_WT_ARCHIVED),
  DROP("when"),
  DROP("who"),
  ACT("wikinews", NA_WT_WIKINEWS),
  DROP("zh-cn"),
  DROP("zh-hans"),
  DROP("zh-hant"),
  DROP("zh-hk"),
  DROP("zh-tw"),
  SHOW("£", "£{1}"),
  SHOW("¥", "¥{1}"),
  SHOW("₹", "₹{1}"),
  SHOW("€", "€{1}"),
};

static int compare_rule (const void *key, const void *item) {
  return na_slice_compare(*(const na_slice *)key, na_slice_z(((const na_wt_rule *)item)->name));
}

const na_wt_rule *na_wt_rule_of (na_slice name) {
  return bsearch(&name, rules, sizeof rules / sizeof *rules, sizeof *rules, compare_rule);
}

/* Names and codes that stand beside sources. */
static const struct {
  const char *code, *english, *chinese;
} languages[] = {
  { "ar", "Arabic", "阿拉伯" },   { "bg", "Bulgarian", NULL },  { "bn", "Bengali", NULL },     { "ca", "Catalan", NULL },
  { "cs", "Czech", "捷克" },      { "da", "Danish", "丹麥" },   { "de", "German", "德" },      { "el", "Greek", "希臘" },
  { "en", "English", "英" },      { "es", "Spanish", "西班牙" }, { "et", "Estonian", NULL },   { "fa", "Persian", "波斯" },
  { "fi", "Finnish", "芬蘭" },    { "fr", "French", "法" },     { "he", "Hebrew", "希伯來" },  { "hi", "Hindi", NULL },
  { "hr", "Croatian", NULL },     { "hu", "Hungarian", NULL },  { "hy", "Armenian", NULL },    { "id", "Indonesian", "印尼" },
  { "is", "Icelandic", NULL },    { "it", "Italian", "義大利" }, { "ja", "Japanese", "日" },   { "ka", "Georgian", NULL },
  { "ko", "Korean", "韓" },       { "lt", "Lithuanian", NULL }, { "lv", "Latvian", NULL },     { "mk", "Macedonian", NULL },
  { "ms", "Malay", "馬來" },      { "nl", "Dutch", "荷蘭" },    { "no", "Norwegian", "挪威" }, { "pl", "Polish", "波蘭" },
  { "pt", "Portuguese", "葡萄牙" }, { "ro", "Romanian", NULL }, { "ru", "Russian", "俄" },     { "sk", "Slovak", NULL },
  { "sl", "Slovene", NULL },      { "sq", "Albanian", NULL },   { "sr", "Serbian", NULL },     { "sv", "Swedish", "瑞典" },
  { "th", "Thai", "泰" },         { "tr", "Turkish", "土耳其" }, { "uk", "Ukrainian", "烏克蘭" }, { "ur", "Urdu", NULL },
  { "vi", "Vietnamese", "越南" }, { "zh", "Chinese", "中" },
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

na_slice na_wt_language_of (na_slice name) {
  name = na_slice_trim(name);
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (na_slice_equal(name, na_slice_z(languages[i].code)) || na_slice_equal(name, na_slice_z(languages[i].english)) ||
        is_chinese_name(name, languages[i].chinese))
      return na_slice_z(languages[i].code);
  return NA_NONE;
}
