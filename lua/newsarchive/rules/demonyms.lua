--- Adjectives of countries in English: a story about the "Malian" army is one about Mali.
-- "American" is of a continent as well, and left to an editor.
-- @module newsarchive.rules.demonyms
local of_country = {
  Afghanistan = "Afghan", Africa = "African", Albania = "Albanian", Algeria = "Algerian", Angola = "Angolan",
  Argentina = "Argentine | Argentinian", Armenia = "Armenian", Asia = "Asian", Australia = "Australian",
  Austria = "Austrian", Azerbaijan = "Azerbaijani | Azeri", Bahrain = "Bahraini", Bangladesh = "Bangladeshi",
  Belarus = "Belarusian", Belgium = "Belgian", Benin = "Beninese", Bolivia = "Bolivian",
  ["Bosnia and Herzegovina"] = "Bosnian", Brazil = "Brazilian", Bulgaria = "Bulgarian", Burundi = "Burundian",
  Cambodia = "Cambodian", Cameroon = "Cameroonian", Canada = "Canadian", Chad = "Chadian", Chile = "Chilean",
  China = "Chinese", Colombia = "Colombian", ["Costa Rica"] = "Costa Rican", Croatia = "Croatian", Cuba = "Cuban",
  Cyprus = "Cypriot", ["Czech Republic"] = "Czech", Denmark = "Danish | Danes", Ecuador = "Ecuadorian",
  Egypt = "Egyptian", ["El Salvador"] = "Salvadoran", Eritrea = "Eritrean", Estonia = "Estonian",
  Ethiopia = "Ethiopian", Europe = "European", Fiji = "Fijian", Finland = "Finnish", France = "French",
  Gambia = "Gambian", Georgia = "Georgian", Germany = "German", Ghana = "Ghanaian", Greece = "Greek",
  Guatemala = "Guatemalan", Guinea = "Guinean", Guyana = "Guyanese", Haiti = "Haitian", Honduras = "Honduran",
  Hungary = "Hungarian", Iceland = "Icelandic", India = "Indian", Indonesia = "Indonesian", Iran = "Iranian",
  Iraq = "Iraqi", Ireland = "Irish", Israel = "Israeli", Italy = "Italian", ["Ivory Coast"] = "Ivorian",
  Jamaica = "Jamaican", Japan = "Japanese", Jordan = "Jordanian", Kazakhstan = "Kazakh", Kenya = "Kenyan",
  Kosovo = "Kosovar", Kuwait = "Kuwaiti", Kyrgyzstan = "Kyrgyz", Laos = "Laotian", Latvia = "Latvian",
  Lebanon = "Lebanese", Liberia = "Liberian", Libya = "Libyan", Lithuania = "Lithuanian", Malawi = "Malawian",
  Malaysia = "Malaysian", Mali = "Malian", Malta = "Maltese", Mauritania = "Mauritanian", Mexico = "Mexican",
  Moldova = "Moldovan", Mongolia = "Mongolian", Montenegro = "Montenegrin", Morocco = "Moroccan",
  Mozambique = "Mozambican", Myanmar = "Burmese", Namibia = "Namibian", Nepal = "Nepalese | Nepali",
  Netherlands = "Dutch", Nicaragua = "Nicaraguan", Nigeria = "Nigerian", ["North Korea"] = "North Korean",
  Norway = "Norwegian", Oman = "Omani", Pakistan = "Pakistani", Panama = "Panamanian", Paraguay = "Paraguayan",
  Peru = "Peruvian", Philippines = "Philippine | Filipino", Poland = "Polish", Portugal = "Portuguese",
  Qatar = "Qatari", Romania = "Romanian", Russia = "Russian", Rwanda = "Rwandan", ["Saudi Arabia"] = "Saudi",
  Senegal = "Senegalese", Serbia = "Serbian", ["Sierra Leone"] = "Sierra Leonean", Singapore = "Singaporean",
  Slovakia = "Slovak", Slovenia = "Slovenian", Somalia = "Somali", ["South Africa"] = "South African",
  ["South Korea"] = "South Korean", ["South Sudan"] = "South Sudanese", Spain = "Spanish",
  ["Sri Lanka"] = "Sri Lankan", Sudan = "Sudanese", Sweden = "Swedish", Switzerland = "Swiss", Syria = "Syrian",
  Taiwan = "Taiwanese", Tajikistan = "Tajik", Tanzania = "Tanzanian", Thailand = "Thai", Togo = "Togolese",
  Tunisia = "Tunisian", Turkey = "Turkish", Turkmenistan = "Turkmen", Uganda = "Ugandan", Ukraine = "Ukrainian",
  ["United Kingdom"] = "British", Uruguay = "Uruguayan", Uzbekistan = "Uzbek", Venezuela = "Venezuelan",
  Vietnam = "Vietnamese", Yemen = "Yemeni", Zambia = "Zambian", Zimbabwe = "Zimbabwean",
}

-- Adjectives that have a plural with "s", the people: "Malians", "Iraqis".
local PEOPLE = "[ni]$"

--- Adjective, or name of a people, to country.
local demonyms = {}

for country, adjectives in pairs(of_country) do
  for adjective in adjectives:gmatch "[^|]+" do
    adjective = adjective:match "^%s*(.-)%s*$"
    demonyms[adjective] = country
    if adjective:find(PEOPLE) then demonyms[adjective .. "s"] = country end
  end
end

return demonyms
