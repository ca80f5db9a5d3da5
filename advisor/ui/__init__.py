"""The web page, drawn by Gradio.

Gradio reads its telemetry switch from the environment; it is set here, before any module of this
package can import Gradio, and over what a shell may say.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # noqa: TID251  a vendor's switch, not a setting
