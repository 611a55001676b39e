"""Writes code-pages.json and words.json beside itself: what Python and glibc's iconv make of every byte.

They are second opinions about the tables of @waybill/text and are not made anew by anything. U+FFFD: no character.
"""

import json
import pathlib
import subprocess

EVERY_BYTE = bytes(range(256))
HERE = pathlib.Path(__file__).parent

PYTHON = """037 273 500 1026 1140 437 737 775 850 852 855 857 858 860 861 862 863 865 866 869""".split()
ISO = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16]
WINDOWS = [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874]
GLIBC = "037 273 277 278 280 284 285 297 500 870 871 1026 1047 1140 1141 1142 1143 1144 1145 1146 1147 1148 1149".split()

WORDS = {
    "shift_jis": ("cp932", "注文書 ワッフル ①㈱ ｱｲｳ ~\\"),
    "euc-jp": ("euc_jp", "注文書 ワッフル ｱｲｳ"),
    "gbk": ("gbk", "订单 數量 五金"),
    "gb18030": ("gb18030", "订单 數量 \u00e9\u0141 \U00020bb7 \U0001f4e6"),
    "big5": ("big5", "訂單 數量 五金"),
    "euc-kr": ("cp949", "주문서 수량 똠방각하"),
}


def python_tables():
    names = {f"cp{number}": f"cp{number}" for number in PYTHON}
    names |= {f"iso-8859-{part}": f"iso8859_{part}" for part in ISO}
    names |= {f"windows-{number}": f"cp{number}" for number in WINDOWS}
    names |= {"koi8-r": "koi8_r", "koi8-u": "koi8_u"}
    return {name: EVERY_BYTE.decode(codec, "replace") for name, codec in names.items()}


def glibc_table(number):
    command = ["iconv", "-f", f"IBM{number}", "-t", "UTF-8"]
    return subprocess.run(command, input=EVERY_BYTE, capture_output=True, check=True).stdout.decode()


def write(name, value):
    (HERE / name).write_text(json.dumps(value, indent=1) + "\n")


write("code-pages.json", {"python": python_tables(), "glibc": {f"cp{number}": glibc_table(number) for number in GLIBC}})
write("words.json", {name: {"text": text, "bytes": text.encode(codec).hex()} for name, (codec, text) in WORDS.items()})
