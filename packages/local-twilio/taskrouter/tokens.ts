const token = <Name extends string>(name: Name) => `twilio:taskrouter:${name}` as const;

/** Tokens of TaskRouter; a reservation is kept once, and found below its Task and below its Worker. */
export const tokens = {
  workspace: token("Workspace"),
  activity: token("Activity"),
  worker: token("Worker"),
  taskChannel: token("TaskChannel"),
  workerChannel: token("WorkerChannel"),
  taskQueue: token("TaskQueue"),
  workflow: token("Workflow"),
  task: token("Task"),
  reservation: token("TaskReservation"),
  workerReservation: token("WorkerReservation"),
  event: token("Event"),
} as const;
