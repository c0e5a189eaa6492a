/** How the server is started, and what it is told: without anything of the editor, so that node alone can test it. */

export interface Settings {
  command: string;
  arguments: string[];
  settings: Record<string, unknown>;
}

export interface Program {
  command: string;
  args: string[];
}

/** The program that is run; an empty name is the usual one. */
export function program(settings: Settings): Program {
  return { command: settings.command.trim() || "stabaudit", args: ["server", ...settings.arguments] };
}

/** What the server is told of the settings: keys of its configuration, and nothing that is no object. */
export function told(settings: Settings): Record<string, unknown> {
  const said = settings.settings;
  return typeof said === "object" && said !== null && !Array.isArray(said) ? said : {};
}

/** What is said where the program cannot be started. */
export function remedy(command: string, reason: string): string {
  return `stabaudit: ${command} cannot be started (${reason}); run \`pip install "stabaudit[server]"\` or set "stabaudit.command".`;
}
