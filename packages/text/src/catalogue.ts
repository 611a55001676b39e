/**
 * How an encoding is converted: the first three with what Node has, EBCDIC by tables of our own, the others with iconv-lite.
 */
export type Kind = 'utf-8' | 'utf-16' | 'plain' | 'ebcdic' | 'single-byte' | 'multi-byte';

/** An encoding that is known here. */
export interface Encoding {
  /** In lower case. It is also the name for iconv-lite, and in `data/ebcdic.json`. */
  readonly name: string;
  readonly kind: Kind;
  /** The numbers that IBM gave it, by which MQ names it. */
  readonly ccsids: readonly number[];
  /** Other names, as IANA and widespread software write them. What differs in punctuation only, or ends in a CCSID, needs no mention. */
  readonly aliases: readonly string[];
}

const known = (kind: Kind, name: string, ccsids: readonly number[] = [], aliases = ''): Encoding => ({
  name,
  kind,
  ccsids,
  aliases: aliases.split(' ').filter((alias) => alias !== ''),
});

const ebcdic = (number: string, aliases = ''): Encoding => known('ebcdic', `cp${number}`, [Number(number)], aliases);

/** IANA's names for a part of ISO 8859 follow one pattern. */
const iso = (part: number, ccsids: readonly number[], year: string, aliases: string): Encoding =>
  known('single-byte', `iso-8859-${part}`, ccsids, `iso_8859-${part}:${year} ${aliases}`);

/** IBM has a number for the page as it was, and one for it with the euro sign, which everybody means today. */
const windows = (number: number, withEuro: readonly number[], aliases = ''): Encoding =>
  known('single-byte', `windows-${number}`, [number, ...withEuro], `win-${number} ms-${number} ${aliases}`);

const dos = (number: number, aliases = ''): Encoding => known('single-byte', `cp${number}`, [number], aliases);

export const utf8 = known('utf-8', 'utf-8', [1208], 'unicode-1-1-utf-8 csutf8 cp65001');
/** UTF-16 whose byte order has to be looked for. */
export const utf16 = known('utf-16', 'utf-16', [1200, 1204, 1205], 'unicode ucs-2 iso-10646-ucs-2 csunicode csutf16');
export const utf16le = known('utf-16', 'utf-16le', [1202, 1203], 'ucs-2le csutf16le unicodelittleunmarked');
export const utf16be = known('utf-16', 'utf-16be', [1201, 13488, 17584], 'ucs-2be csutf16be unicodebigunmarked');

/** All encodings that are known here. Numbers are left out where IBM and others mean different tables by one: 932, 936 and 949. */
export const catalogue: readonly Encoding[] = [
  utf8,
  utf16,
  utf16le,
  utf16be,
  known('plain', 'us-ascii', [367], 'ascii us ansi_x3.4-1968 ansi_x3.4-1986 iso_646.irv:1991 iso646-us iso-ir-6 csascii'),
  known('plain', 'iso-8859-1', [819], 'latin1 l1 iso_8859-1:1987 iso-ir-100 csisolatin1'),
  iso(2, [912], '1987', 'latin2 l2 iso-ir-101 csisolatin2'),
  iso(3, [913], '1988', 'latin3 l3 iso-ir-109 csisolatin3'),
  iso(4, [914], '1988', 'latin4 l4 iso-ir-110 csisolatin4'),
  iso(5, [915], '1988', 'cyrillic iso-ir-144 csisolatincyrillic'),
  iso(6, [1089], '1987', 'arabic ecma-114 asmo-708 iso-ir-127 csisolatinarabic'),
  iso(7, [813], '1987', 'greek greek8 ecma-118 elot_928 iso-ir-126 csisolatingreek'),
  iso(8, [916], '1988', 'hebrew iso-ir-138 csisolatinhebrew'),
  iso(9, [920], '1989', 'latin5 l5 iso-ir-148 csisolatin5'),
  iso(10, [919], '1992', 'latin6 l6 iso-ir-157 csisolatin6'),
  iso(11, [], '2001', ''),
  iso(13, [921], '1998', 'latin7 csiso885913'),
  iso(14, [], '1998', 'latin8 l8 iso-ir-199 iso-celtic csiso885914'),
  iso(15, [923], '1998', 'latin9 csiso885915'),
  iso(16, [], '2001', 'latin10 l10 iso-ir-226 csiso885916'),
  windows(1250, [5346]),
  windows(1251, [5347]),
  windows(1252, [5348]),
  windows(1253, [5349]),
  windows(1254, [5350]),
  windows(1255, [5351, 9447]),
  windows(1256, [5352, 9448]),
  windows(1257, [5353]),
  windows(1258, [5354]),
  windows(874, []),
  dos(437, 'cspc8codepage437'),
  dos(737),
  dos(775, 'cspc775baltic'),
  dos(850, 'cspc850multilingual'),
  dos(852, 'cspcp852'),
  dos(855),
  dos(857),
  dos(858, 'pc-multilingual-850+euro'),
  dos(860),
  dos(861, 'cp-is'),
  dos(862, 'cspc862latinhebrew'),
  dos(863),
  dos(865),
  dos(866),
  dos(869, 'cp-gr'),
  known('single-byte', 'koi8-r', [878], 'cskoi8r koi8'),
  known('single-byte', 'koi8-u', [1168], 'cskoi8u'),
  ebcdic('037', 'ebcdic-cp-us ebcdic-cp-ca ebcdic-cp-wt ebcdic-cp-nl'),
  ebcdic('273'),
  ebcdic('277', 'ebcdic-cp-dk ebcdic-cp-no'),
  ebcdic('278', 'ebcdic-cp-fi ebcdic-cp-se'),
  ebcdic('280', 'ebcdic-cp-it'),
  ebcdic('284', 'ebcdic-cp-es'),
  ebcdic('285', 'ebcdic-cp-gb'),
  ebcdic('297', 'ebcdic-cp-fr'),
  ebcdic('500', 'ebcdic-cp-be ebcdic-cp-ch'),
  ebcdic('870', 'ebcdic-cp-roece ebcdic-cp-yu'),
  ebcdic('871', 'ebcdic-cp-is'),
  ebcdic('1026'),
  ebcdic('1047'),
  ebcdic('1140', 'ebcdic-us-37+euro'),
  ebcdic('1141', 'ebcdic-de-273+euro'),
  ebcdic('1142', 'ebcdic-dk-277+euro ebcdic-no-277+euro'),
  ebcdic('1143', 'ebcdic-fi-278+euro ebcdic-se-278+euro'),
  ebcdic('1144', 'ebcdic-it-280+euro'),
  ebcdic('1145', 'ebcdic-es-284+euro'),
  ebcdic('1146', 'ebcdic-gb-285+euro'),
  ebcdic('1147', 'ebcdic-fr-297+euro'),
  ebcdic('1148', 'ebcdic-international-500+euro'),
  ebcdic('1149', 'ebcdic-is-871+euro'),
  known('multi-byte', 'shift_jis', [943], 'sjis x-sjis ms_kanji windows-31j ms932 cp932 csshiftjis cswindows31j'),
  known('multi-byte', 'euc-jp', [954], 'x-euc-jp cseucpkdfmtjapanese'),
  known('multi-byte', 'gbk', [1386], 'cp936 ms936 windows-936 gb2312 gb_2312-80 euc-cn csgb2312 csgbk'),
  known('multi-byte', 'gb18030', [1392, 5488], 'csgb18030'),
  known('multi-byte', 'big5', [950], 'big-five ms950 csbig5 x-x-big5'),
  known('multi-byte', 'euc-kr', [970, 1363], 'ms949 cp949 uhc windows-949 ks_c_5601-1987 ksc5601 csksc56011987 cseuckr'),
];
