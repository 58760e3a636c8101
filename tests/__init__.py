"""The test suite: a flat file a module, real parts wherever they exist."""
