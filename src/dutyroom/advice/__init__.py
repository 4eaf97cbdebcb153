"""The live engine: recommendations, the next hour, what units are usually busy with."""
