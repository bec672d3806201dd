"""The provider's key at rest: encrypted with a key derived from MODEL_KEY_FILE where there is one, else from SECRET_KEY.

Whoever has the database alone cannot read it. A new SECRET_KEY makes it unreadable: the page then asks for it again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class KeyUnreadable(Exception):
    """Encrypted with another secret than ours."""


def encrypt(key: str) -> str:
    return _fernet().encrypt(key.encode()).decode() if key else ""


def decrypt(cipher: str) -> str:
    """Raises KeyUnreadable."""
    if not cipher:
        return ""
    try:
        return _fernet().decrypt(cipher.encode()).decode()
    except InvalidToken as error:
        raise KeyUnreadable from error


def _fernet() -> Fernet:
    secret: str = settings.MODEL_KEY_SECRET or settings.SECRET_KEY
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"siji.ai.key").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def tag(purpose: str, text: str, *, length: int) -> str:
    """Hexadecimal digits that nobody without our secret can guess, the same for the same text."""
    secret = hashlib.sha256(f"siji.ai.{purpose}.{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, text.encode(), "sha256").hexdigest()[:length]
