"""The engines behind `ft_core.Generator`: each turns a 64-bit seed into a stream of 32-bit words.

An engine knows nothing of distributions, tensors or locks. All of them answer to `Engine` in `engine.py`; `mt19937.py` is torch's
own CPU engine and the default, `xoshiro.py` a shorter and statistically better one. How words become numbers is the backends'
business, so that every engine serves every distribution.
"""
