"""Settings -> sentence encoder, its weights verified, its vectors repeatable."""

from iscalimab_qa.encoder.encoder import Encoder, encode_in_batches, open_encoder

__all__ = ["Encoder", "encode_in_batches", "open_encoder"]
