"""Verifies the vectors beside it, written from docs/offline-qr.md with Python's standard library alone.

python3 test/vectors/verify.py
"""

import base64
import hashlib
import json
import math
import re
import zlib
from pathlib import Path

HERE = Path(__file__).parent
KEYS = json.loads((HERE / "keys.json").read_text())
DICTIONARY = (HERE / "dictionary.bin").read_bytes()

# The curve P-256 (FIPS 186-5).
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def add(a, b):
    if a is None or b is None:
        return a or b
    (ax, ay), (bx, by) = a, b
    if ax == bx and (ay + by) % P == 0:
        return None
    if a == b:
        slope = (3 * ax * ax - 3) * pow(2 * ay, -1, P) % P
    else:
        slope = (by - ay) * pow(bx - ax, -1, P) % P
    x = (slope * slope - ax - bx) % P
    return x, (slope * (ax - x) - ay) % P


def multiply(factor, point):
    total = None
    while factor:
        if factor & 1:
            total = add(total, point)
        point, factor = add(point, point), factor >> 1
    return total


def is_signed(message, signature, key):
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if not (0 < r < N and 0 < s < N):
        return False
    inverse = pow(s, -1, N)
    digest = int.from_bytes(hashlib.sha256(message).digest())
    point = add(multiply(digest * inverse % N, G), multiply(r * inverse % N, key))
    return point is not None and point[0] % N == r


def decode(text):
    if not re.fullmatch(r"[\w-]*", text, re.ASCII):
        raise ValueError("not BASE64URL")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def layout_1(digits):
    return "".join(chr(int(digits[i : i + 2]) + 45) for i in range(0, len(digits) - 1, 2))


def layout_2(digits):
    length = math.floor(len(digits) / math.log10(256))
    number = int(digits)
    if len(digits) > 1022 or math.ceil(length * math.log10(256)) != len(digits) or number >= 256**length:
        return None
    data = number.to_bytes(length)
    start = 1 + data[0]
    kid = data[1:start].decode("ascii", "replace")
    if start + 64 >= length or not re.fullmatch(r"[!#-\[\]-~]{1,64}", kid):
        return None
    header = json.dumps({"alg": "ES256", "kid": kid, "typ": "dcq2"}, separators=(",", ":"))
    return ".".join(map(encode, [header.encode(), data[start + 64 :], data[start : start + 64]]))


def inflate(data, dictionary):
    inflater = zlib.decompressobj(-15, dictionary) if dictionary else zlib.decompressobj(-15)
    text = inflater.decompress(data, 8193)
    if len(text) > 8192 or not inflater.eof or inflater.unused_data:
        raise ValueError("not DEFLATE of at most 8 KiB")
    return text


def outcome(text, now):
    content = text.strip().split("#")[-1]
    if content.isdecimal() and content.isascii():
        content = layout_1(content) if content.startswith("567629") else layout_2(content)
    parts = (content or "").split(".")
    if len(parts) != 3:
        return "not-authentic"
    try:
        header = json.loads(decode(parts[0]))
        signature = decode(parts[2])
    except ValueError:
        return "not-authentic"
    kinds = {("dcq", "DEF"): b"", ("dcq2", None): DICTIONARY, ("devcard-qr+jwt", None): None}
    kind = (header.get("typ"), header.get("zip"))
    if header.get("alg") != "ES256" or kind not in kinds or "crit" in header or "kid" not in header:
        return "not-authentic"
    keys = [key for key in KEYS["jwks"]["keys"] if key["kid"] == header["kid"]]
    if not keys:
        return "unknown-key"
    key = tuple(int.from_bytes(decode(keys[0][axis])) for axis in "xy")
    if not is_signed(".".join(parts[:2]).encode(), signature, key):
        return "not-authentic"
    try:
        payload = decode(parts[1])
        claims = json.loads(payload if kinds[kind] is None else inflate(payload, kinds[kind]))
        issued, expires = claims["iat"], claims["exp"]
    except (ValueError, KeyError, zlib.error):
        return "not-authentic"
    name = claims["profile"]["displayName"] if "profile" in claims else claims["n"]
    audience = claims.get("aud") if kinds[kind] is None else "devcard:qr"
    if claims["iss"] != KEYS["issuer"] or not isinstance(name, str) or audience != "devcard:qr":
        return "not-authentic"
    if max(issued, claims.get("nbf", 0)) > now + 60:
        return "early"
    return "fresh" if now < expires else "expired"


def main():
    vectors = json.loads((HERE / "verdicts.json").read_text())
    differ = 0
    for vector in vectors:
        expected = vector["verdict"]["outcome"]
        found = outcome(vector["input"], vector["now"])
        # That a text was cut is a courtesy of verifiers, not part of the specification.
        if found != expected and (found, expected) not in [
            ("not-authentic", "incomplete"),
            ("unknown-key", "incomplete"),
        ]:
            differ += 1
            print(f"{vector['name']}: {found}, not {expected}")
    print(f"{len(vectors)} vectors, {differ} differ")


if __name__ == "__main__":
    main()
