import threading

import anyio
from anyio import to_thread
from fastapi import FastAPI

from advisor.api.answering import MAX_ANSWERS_AT_ONCE, prepare, run_answer


def test_answers_that_wait_for_a_model_leave_threads_for_everything_else():
    app, released = FastAPI(), threading.Event()
    prepare(app)

    async def many_questions() -> bool:
        async with anyio.create_task_group() as asking:
            for _ in range(MAX_ANSWERS_AT_ONCE * 2):
                asking.start_soon(run_answer, app, released.wait)
            await anyio.wait_all_tasks_blocked()
            with anyio.move_on_after(60) as patience:
                await to_thread.run_sync(lambda: None)
            released.set()
        return not patience.cancelled_caught

    assert anyio.run(many_questions)
