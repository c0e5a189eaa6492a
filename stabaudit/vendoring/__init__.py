"""The functions of the runtime that a project calls, as one module of its own."""
