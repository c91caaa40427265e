"""Comes first in the process that workers are forked from: it ends with its owner, in silence.

Nothing else imports this module. It starts no thread, which a fork would break.
"""

import os

from clinicpress.processes.serving import end_with_parent, say_nothing
from clinicpress.processes.starting import OWNER

end_with_parent()
if os.environ.get(OWNER) != str(os.getppid()):  # it ended before this
    os._exit(1)
say_nothing()
