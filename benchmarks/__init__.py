"""Speed against torch, measured side by side in one process: `python -m benchmarks.run`.

    timing     rounds that alternate the sides, medians, minima, ratios, verdicts: the arithmetic, and nothing that knows a tensor
    rows_*     what is measured, each row with its target
    sides      the two libraries, with the same number of threads
    report     the table and the JSON
    plot       the picture
    run        the command line
    roads      which calls of a row have no route: `python -m benchmarks.roads NAME`

torch is needed for the comparison; without it the rows run on our side only and have no ratio.
"""
