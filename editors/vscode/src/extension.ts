import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { program, remedy, Settings, told } from "./command";

let client: LanguageClient | undefined;

function settings(): Settings {
  const all = workspace.getConfiguration("stabaudit");
  return {
    command: all.get<string>("command", "stabaudit"),
    arguments: all.get<string[]>("arguments", []),
    settings: all.get<Record<string, unknown>>("settings", {}),
  };
}

async function start(): Promise<void> {
  const now = settings();
  const server: ServerOptions = program(now);
  const options: LanguageClientOptions = {
    documentSelector: [
      { language: "python" },
      { language: "markdown" },
      { language: "restructuredtext" },
    ],
    initializationOptions: told(now),
  };
  client = new LanguageClient("stabaudit", "stabaudit", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void window.showErrorMessage(remedy(program(now).command, String(error)));
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("stabaudit.restart", async () => {
      await stop();
      await start();
    }),
    workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("stabaudit.command") || event.affectsConfiguration("stabaudit.arguments")) {
        await stop();
        await start();
      } else if (event.affectsConfiguration("stabaudit.settings")) {
        await client?.sendNotification("workspace/didChangeConfiguration", {
          settings: { stabaudit: told(settings()) },
        });
      }
    }),
  );
  await start();
}

export function deactivate(): Promise<void> {
  return stop();
}
