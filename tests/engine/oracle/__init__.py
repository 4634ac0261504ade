"""A second opinion on settlements that shares no code with the engine.

It reads the compiled agreement as the plain JSON that `poolrules compile` writes, and the facts of a year as plain
dictionaries, and answers with plain dictionaries. It is slow and simple on purpose, hands out pence one by one,
and was written from the text of the language alone. `pennies`, `agreement`, `shares`, `steps` and `year` import nothing
of `poolrules` (a test sees to it); `makers` and `comparing` put it beside the engine.

`python -m tests.engine.oracle --cases 1000000` compares the two on so many small cases.
"""
