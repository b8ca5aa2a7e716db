"""What those see who run the portal: lines of the log, slow questions, measurements; read by the settings."""

from clusterportal.core.environment import Environment
from clusterportal.core.logs import logging_as
from clusterportal.core.request_ids import in_job
from clusterportal.operation.measured_jobs import measured_job

env = Environment()
LOGGING = logging_as(env("LOG_FORMAT", default="line"))  # lines on the console, without secrets
SLOW_QUERY_MS = env.int(
    "SLOW_QUERY_MS", default=0
)  # from how many milliseconds on a question is logged; 0: none
PROCRASTINATE_ON_APP_READY = "clusterportal.core.jobs.prepare"
PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [in_job]}
# What is measured, at /metrics: for whoever has the token and comes from the networks. Neither: nothing is measured.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
METRICS_NETWORKS = env.list("METRICS_NETWORKS", default=[])
if METRICS_TOKEN or METRICS_NETWORKS:
    PROCRASTINATE_WORKER_DEFAULTS["worker_middleware"].append(measured_job)
