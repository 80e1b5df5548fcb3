"""Golden results: does the present source compute, bit for bit, what an earlier commit computed?"""
