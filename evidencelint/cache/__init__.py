"""Results kept between runs, by the content they follow from; leaving the cache out changes only the time."""

from evidencelint.cache.codec import CodecError, decode, encode
from evidencelint.cache.folder import NotPrivateError, default_folder
from evidencelint.cache.keys import digest, parser_key, tool_key
from evidencelint.cache.store import Store

__all__ = [
    "CodecError",
    "NotPrivateError",
    "Store",
    "decode",
    "default_folder",
    "digest",
    "encode",
    "parser_key",
    "tool_key",
]
