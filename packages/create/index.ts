/** What an upgrade needs: the files of a project for somebody's answers, and what a project remembers of them. */
export { answersSchema, type Answers } from "./answers.ts";
export { CreateError, createErrors } from "./errors.ts";
export { projectFiles, type ProjectFile, type Source } from "./project/files.ts";
export { hashOf, readRecord, recordName, recordText, type ProjectRecord } from "./project/record.ts";
export { checkFolder, writeProject } from "./project/write.ts";
