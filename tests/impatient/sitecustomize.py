"""Makes every judge that is started with this folder on PYTHONPATH wait two seconds for what loops, one for a cell.

How long the longest run may take in all stays, and so does every bound that the system holds.
"""

from course_lib.runner import cell_time, patience
from tests.impatience import A_CELL, Impatience

patience.Patience, cell_time.FIRST = Impatience, A_CELL
