"""Adapters: the only modules that know LlamaIndex, Chroma, ONNX Runtime and sentence-transformers."""
