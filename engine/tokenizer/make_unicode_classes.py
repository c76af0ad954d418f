# SPDX-License-Identifier: Apache-2.0
"""Writes unicode_classes.inc: the character classes the pre-tokenizer patterns speak of, as ranges.

    python3 engine/tokenizer/make_unicode_classes.py > engine/tokenizer/unicode_classes.inc

General categories come from unicodedata, White_Space from the property's fixed list. Code points
that are of no class (punctuation, symbols, controls, unassigned) are left out.
"""
import unicodedata

CLASS_OF = {"Lu": "kUpper", "Lt": "kUpper", "Ll": "kLower", "Lm": "kLetter", "Lo": "kLetter",
            "Mn": "kMark", "Mc": "kMark", "Me": "kMark",
            "Nd": "kNumber", "Nl": "kNumber", "No": "kNumber"}
WHITE_SPACE = {*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029,
               0x202F, 0x205F, 0x3000}
NEWLINES = {0x0A, 0x0D}
WIDTH = 100


def class_of(point):
    if point in NEWLINES:
        return "kNewline"
    if point in WHITE_SPACE:
        return "kSpace"
    return CLASS_OF.get(unicodedata.category(chr(point)), "kOther")


def ranges():
    first, current = 0, class_of(0)
    for point in range(1, 0x110001):
        following = class_of(point) if point < 0x110000 else None
        if following != current:
            if current != "kOther":
                yield first, point - 1, current
            first, current = point, following


def main():
    print("// SPDX-License-Identifier: Apache-2.0")
    version = unicodedata.unidata_version
    print(f"// Written by make_unicode_classes.py from Unicode {version}. Do not edit.")
    print(f'inline constexpr const char* kUnicodeVersion = "{version}";')
    print("// (first, last, class) of every range that has a class.")
    print("inline constexpr ClassRange kClassRanges[] = {")
    line = "   "
    for first, last, name in ranges():
        item = f" {{0x{first:X}, 0x{last:X}, {SHORT[name]}}},"
        if len(line) + len(item) > WIDTH:
            print(line)
            line = "   "
        line += item
    print(line)
    print("};")


SHORT = {"kUpper": "U", "kLower": "L", "kLetter": "O", "kMark": "M", "kNumber": "N",
         "kSpace": "S", "kNewline": "B"}

if __name__ == "__main__":
    main()
