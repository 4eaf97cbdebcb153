"""Words as types: ids, time, results and refusals. Imports nothing of ours."""
