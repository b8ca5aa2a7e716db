"""How often and how long jobs ran. Read by the settings, so that nothing here needs Django or opens a file at once."""


async def measured_job(call_next, context, worker):
    """Around each job of the worker (`worker_middleware` of procrastinate)."""
    # Late, because it opens the files in which this process counts.
    from clusterportal.operation.domain.measuring import timed_job

    with timed_job(context.job.task_name):
        return await call_next()
