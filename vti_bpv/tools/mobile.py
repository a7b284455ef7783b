"""Dutch mobile numbers, and what a text message of one part may hold."""

import unicodedata

import phonenumbers

PART = 160  # characters of GSM-7 in one text message
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€")  # each takes the room of two
_LIKE = str.maketrans("‘’“”–—…łŁđĐ", "''\"\"--.lLdD")


def get_mobile(text):
    """The Dutch mobile number that somebody typed.

    :param str text: such as "06 12345678" or "+31 6 12345678"
    :return: as "+31612345678"; "" where it is none
    :rtype: str
    """
    try:
        number = phonenumbers.parse(text or "", "NL")
    except phonenumbers.NumberParseException:
        return ""
    kind = phonenumbers.number_type(number)
    if number.country_code != 31 or kind != phonenumbers.PhoneNumberType.MOBILE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def to_gsm(text):
    """The same in letters that every telephone has, since one other letter more than halves the room.

    :rtype: str
    """
    found = []
    for char in (text or "").translate(_LIKE):
        if char in _BASIC or char in _EXTENDED:
            found.append(char)
        else:
            found += [part for part in unicodedata.normalize("NFKD", char) if part in _BASIC]
    return "".join(found)


def count_gsm(text):
    """How much room a text of `to_gsm` takes."""
    return sum(2 if char in _EXTENDED else 1 for char in text)
