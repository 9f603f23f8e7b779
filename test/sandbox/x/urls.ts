/** What X makes a link of, found without twitter-text: addresses with a scheme, and bare ASCII domains. */

/** Country codes (two letters are always one) and the generic endings people meet; not the whole list of 2018. */
const countries =
  'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';
const generic =
  'academy agency app art bar biz blog cafe camp cat center chat city cloud club codes com community company cool dev digital download edu email events express family fun games global gov guru group guide help host info ink int jobs land law lgbt life link live ltd market media mil mobi moe movie museum name net network news ngo one online org page photo photos pics place plus press pro pub rocks run sale school science services shop show site social software solutions space store studio support systems team tech technology tel tips today tools top tours town travel university vip watch website wiki work works world wtf xyz zip zone';
const endings = `(?:${[...countries.split(' '), ...generic.split(' '), 'рф', '中国'].join('|')})`;

/** The ending must be the last label. */
const end = '(?![\\p{L}\\p{N}@_-]|\\.[\\p{L}\\p{N}])';
// CJK, and all that is not Latin, Cyrillic or punctuation of addresses, ends a path.
const tail =
  "(?::\\d+)?(?:/[a-z0-9!*';:=+,.$/%#\\[\\]\\-_~@&|()\\p{Script=Cyrillic}]*)?(?:\\?[a-z0-9!?*'();:&=+$/%#\\[\\]\\-_.,~|@]*)?";
const withScheme = `(?<![A-Za-z0-9@＠$#＃])https?://(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]*[\\p{L}\\p{N}])?\\.)+${endings}(?![\\p{L}\\p{N}@_-])`;
const bare = `(?<![A-Za-z0-9@＠$#＃._/-])(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\\.)+(?!рф|中国)${endings}${end}`;
const anyUrl = new RegExp(`(?:${withScheme}|${bare})${tail}`, 'giu');

export interface FoundUrl {
  /** UTF-16 index of the first unit. */
  readonly start: number;
  readonly url: string;
}

/** In order; punctuation that ends a sentence is no part of an address. */
export function findUrls(text: string): FoundUrl[] {
  return [...text.matchAll(anyUrl)].map((match) => ({
    start: match.index,
    url: match[0].replace(/[.,;:!?'"()]+$/, ''),
  }));
}
