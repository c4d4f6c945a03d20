"""Makes every judge that is started with this folder on PYTHONPATH wait two seconds for what loops.

How long the longest run may take in all stays, and so does every bound that the system holds.
"""

from course_lib.runner import patience
from tests.impatience import Impatience

patience.Patience = Impatience
