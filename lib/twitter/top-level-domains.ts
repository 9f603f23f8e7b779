/**
 * Top-level domains that make a bare word a link (`x.ai`, `README.md`), as parts of a regular expression. Of the countries'
 * all are here, of the others those in common use, new ones too; what is not here counts letter by letter. The whole list
 * would be the largest thing in the popup. Source: data.iana.org and publicsuffix.org, 2026, with the withdrawn countries
 * of twitter-text.
 */
export const countryDomains =
  'a[c-gil-oq-uwxz]|b[abd-jl-oq-tvwyz]|c[acdf-ik-oru-z]|d[ejkmoz]|e[ceghr-u]|f[i-kmor]|g[abd-il-np-uwy]|' +
  'h[kmnrtu]|i[del-oq-t]|j[emop]|k[eg-imnprwyz]|l[a-cikr-vy]|m[ac-hk-z]|n[ace-gilopruz]|o[m]|' +
  'p[ae-hk-nr-twy]|q[a]|r[eosuw]|s[a-eg-or-vx-z]|t[cdf-hj-ortvwz]|u[agkmsyz]|v[aceginu]|w[fs]|y[et]|' +
  'z[amw]';

export const genericDomains =
  'academy|aero|africa|agency|amsterdam|app|apple|arpa|art|asia|audio|auto|aws|baby|band|bank|bar|bbc|' +
  'beauty|beer|berlin|best|bet|bid|bike|bio|biz|blog|blue|bond|boo|book|boston|bot|box|build|business|' +
  'buzz|bzh|cab|cafe|cam|camera|camp|capital|car|care|careers|cars|casa|cash|cat|center|ceo|cern|cfd|' +
  'channel|chat|city|click|cloud|club|coach|codes|coffee|college|com|community|company|computer|' +
  'construction|consulting|contact|cool|coop|cricket|cyou|dance|date|day|design|dev|digital|direct|' +
  'directory|doctor|dog|domains|dot|download|drive|earth|eat|eco|edu|education|email|energy|eus|events|' +
  'exchange|expert|express|fail|faith|family|fan|fans|fashion|film|finance|fit|fly|foo|food|football|' +
  'forum|foundation|free|fun|fund|fyi|gal|gallery|game|games|garden|gift|gle|global|gmbh|gold|goog|' +
  'google|gov|green|group|guide|guru|haus|health|help|here|homes|host|hosting|house|how|icu|inc|info|' +
  'ing|ink|institute|int|international|ist|jobs|kids|kim|kiwi|land|lat|latino|law|lawyer|legal|lgbt|' +
  'life|like|link|live|living|llc|loan|lol|london|love|ltd|ltda|management|map|market|marketing|med|' +
  'media|meet|meme|men|microsoft|mil|mini|mobi|mobile|moda|moe|moi|mom|money|monster|mov|movie|museum|' +
  'music|name|navy|net|network|new|news|ngo|ninja|now|nyc|one|onion|online|ooo|org|organic|ovh|page|' +
  'paris|partners|parts|party|pay|phd|photo|photography|photos|pics|pink|pizza|place|play|plus|press|' +
  'pro|prof|promo|property|pub|quest|radio|realestate|red|report|rest|review|reviews|rip|rocks|room|run|' +
  'safe|sale|sbs|school|science|scot|search|security|select|services|shop|shopping|show|site|ski|sky|' +
  'sncf|social|software|solar|solutions|song|sony|space|sport|store|stream|studio|study|style|sucks|' +
  'support|swiss|systems|talk|tax|team|tech|technology|tel|tips|today|tokyo|tools|top|tours|town|trade|' +
  'training|travel|trust|tube|university|uno|vegas|vet|video|vin|vip|vision|viva|vote|wales|wang|watch|' +
  'weather|webcam|website|wien|wiki|win|wine|work|works|world|wow|wtf|xin|xxx|xyz|yandex|you|youtube|' +
  'zip|zone';

export const unicodeDomains =
  'ελ|ευ|бг|бел|ею|мкд|москва|онлайн|орг|рус|рф|сайт|срб|укр|қаз|ישראל|السعودية|امارات|ایران|مصر|भारत|' +
  'ไทย|გე|みんな|中国|中國|公司|台湾|台灣|网络|香港|한국';
