import { openProject, projectFolder, type Project } from "@support-line/stage";

/**
 * The project that a command is about: the nearest folder, upward from where the person stands, that has a `Pulumi.yaml`.
 *
 * @throws ProjectError when there is none
 */
export function projectHere(): Project {
  return openProject(projectFolder(process.cwd()));
}
