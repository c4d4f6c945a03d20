"""Where instruments take hold of running code: one seam for each thing that more than one of them watches."""
