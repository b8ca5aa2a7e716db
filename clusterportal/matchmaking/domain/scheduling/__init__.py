"""The schedule of talks: who meets whom in which slot, proven by HiGHS; pure functions over plain values."""
