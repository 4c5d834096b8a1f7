// The language client of helmvet for VS Code. It needs nothing but VS Code's
// own API, so that the extension is packaged without any download.
"use strict";

const vscode = require("vscode");
const { spawn } = require("child_process");

const selector = [{ language: "yaml", scheme: "file" }, { language: "yaml", scheme: "untitled" }, { language: "helm", scheme: "file" }];

/** Frames JSON-RPC on the standard streams of a process. */
class Connection {
  constructor(child, onNotification, onRequest) {
    this.child = child;
    this.onNotification = onNotification;
    this.onRequest = onRequest;
    this.next = 1;
    this.pending = new Map();
    this.buffer = Buffer.alloc(0);
    child.stdout.on("data", (chunk) => this.read(chunk));
  }

  read(chunk) {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    for (;;) {
      const end = this.buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(this.buffer.toString("ascii", 0, end))[1]);
      const from = end + 4;
      if (this.buffer.length < from + length) return;
      const message = JSON.parse(this.buffer.toString("utf8", from, from + length));
      this.buffer = this.buffer.subarray(from + length);
      this.take(message);
    }
  }

  take(message) {
    if (message.method !== undefined && message.id !== undefined) {
      this.write({ id: message.id, result: this.onRequest(message.method, message.params) ?? null });
    } else if (message.method !== undefined) {
      this.onNotification(message.method, message.params);
    } else if (this.pending.has(message.id)) {
      const { resolve, reject } = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  write(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    if (this.child.stdin.writable) this.child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  notify(method, params) {
    this.write({ method, params });
  }

  request(method, params, token) {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      token?.onCancellationRequested(() => this.notify("$/cancelRequest", { id }));
      this.write({ id, method, params });
    });
  }

  /** Ends all requests that will not be answered any more. */
  close() {
    for (const { reject } of this.pending.values()) reject(new Error("the language server has ended"));
    this.pending.clear();
  }
}

const toRange = (r) => new vscode.Range(r.start.line, r.start.character, r.end.line, r.end.character);
const fromPosition = (p) => ({ line: p.line, character: p.character });
const fromRange = (r) => ({ start: fromPosition(r.start), end: fromPosition(r.end) });
const toLocation = (l) => new vscode.Location(vscode.Uri.parse(l.uri), toRange(l.range));
const documentation = (m) => (m ? new vscode.MarkdownString(m.value) : undefined);

function toDiagnostic(d) {
  const out = new vscode.Diagnostic(toRange(d.range), d.message, d.severity - 1);
  out.source = d.source;
  out.code = d.codeDescription ? { value: d.code, target: vscode.Uri.parse(d.codeDescription.href) } : d.code;
  out.relatedInformation = (d.relatedInformation ?? []).map((r) => new vscode.DiagnosticRelatedInformation(toLocation(r.location), r.message));
  return out;
}

function toEdit(edit) {
  const out = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(edit.changes)) {
    out.set(vscode.Uri.parse(uri), edits.map((e) => new vscode.TextEdit(toRange(e.range), e.newText)));
  }
  return out;
}

function toSymbol(s) {
  const out = new vscode.DocumentSymbol(s.name, s.detail ?? "", s.kind - 1, toRange(s.range), toRange(s.selectionRange));
  out.children = (s.children ?? []).map(toSymbol);
  return out;
}

/** One run of `helmvet lsp` with what is open. */
class Client {
  constructor(output) {
    this.output = output;
    this.diagnostics = vscode.languages.createDiagnosticCollection("helmvet");
    this.open = new Set();
    this.starts = [];
    this.disposables = [
      this.diagnostics,
      vscode.workspace.onDidOpenTextDocument((d) => this.didOpen(d)),
      vscode.workspace.onDidChangeTextDocument((e) => this.didChange(e)),
      vscode.workspace.onDidCloseTextDocument((d) => this.didClose(d)),
      vscode.workspace.onDidSaveTextDocument((d) => this.of(d, () => this.server.notify("textDocument/didSave", { textDocument: this.id(d) }))),
      ...this.providers(),
    ];
    const files = vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml,cue,rego,tpl,tgz,env,sh}");
    const changed = (uri) => this.server?.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri.toString(), type: 2 }] });
    this.disposables.push(files, files.onDidChange(changed), files.onDidCreate(changed), files.onDidDelete(changed));
  }

  async start() {
    const path = vscode.workspace.getConfiguration("helmvet").get("path") || "helmvet";
    const folder = vscode.workspace.workspaceFolders?.[0];
    const child = spawn(path, ["lsp"], { cwd: folder?.uri.fsPath, stdio: ["pipe", "pipe", "pipe"] });
    const server = new Connection(child, (method, params) => this.notified(method, params), () => null);
    child.stderr.on("data", (text) => this.output.append(String(text)));
    child.stdin.on("error", () => {});
    child.on("error", (err) => {
      this.ended(server);
      const text = err.code === "ENOENT" ? `${path} was not found; install helmvet, or name it in the setting helmvet.path` : err.message;
      vscode.window.showErrorMessage(`helmvet: ${text}`);
    });
    child.on("exit", (code) => {
      if (!this.ended(server)) return; // it was told to
      this.output.appendLine(`helmvet lsp has ended with code ${code}`);
      // A few accidents are mended by a new start, many are not.
      this.starts = [...this.starts.filter((t) => Date.now() - t < 180000), Date.now()];
      if (this.starts.length < 5) this.start();
      else vscode.window.showErrorMessage("helmvet: the language server keeps ending; see the output of helmvet");
    });
    this.starting = server;
    try {
      await server.request("initialize", {
        processId: process.pid,
        rootUri: folder ? folder.uri.toString() : null,
        capabilities: {
          textDocument: {
            hover: { contentFormat: ["markdown"] },
            codeAction: { codeActionLiteralSupport: {} },
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          },
        },
      });
    } catch {
      return; // told above
    }
    server.notify("initialized", {});
    this.server = server;
    vscode.workspace.textDocuments.forEach((d) => this.didOpen(d));
  }

  /** Reports whether the server was still in use. */
  ended(server) {
    server.close();
    if (this.server !== server && this.starting !== server) return false;
    this.server = this.starting = undefined;
    this.open.clear();
    this.diagnostics.clear();
    return true;
  }

  async stop() {
    const server = this.server ?? this.starting;
    if (!server || !this.ended(server)) return;
    server.request("shutdown").catch(() => {});
    server.notify("exit");
    const killer = setTimeout(() => server.child.kill(), 2000);
    server.child.on("exit", () => clearTimeout(killer));
  }

  dispose() {
    this.disposables.forEach((d) => d.dispose());
    return this.stop();
  }

  notified(method, params) {
    if (method !== "textDocument/publishDiagnostics" || !this.open.has(params.uri)) return;
    this.diagnostics.set(vscode.Uri.parse(params.uri), params.diagnostics.map(toDiagnostic));
  }

  id(d) {
    return { uri: d.uri.toString() };
  }

  of(d, f) {
    if (this.server && this.open.has(d.uri.toString())) f();
  }

  didOpen(d) {
    if (!this.server || this.open.has(d.uri.toString()) || !vscode.languages.match(selector, d)) return;
    this.open.add(d.uri.toString());
    this.server.notify("textDocument/didOpen", { textDocument: { ...this.id(d), languageId: d.languageId, version: d.version, text: d.getText() } });
  }

  didChange(e) {
    if (e.contentChanges.length === 0) return;
    this.of(e.document, () =>
      this.server.notify("textDocument/didChange", {
        textDocument: { ...this.id(e.document), version: e.document.version },
        contentChanges: e.contentChanges.map((c) => ({ range: fromRange(c.range), text: c.text })),
      }),
    );
  }

  didClose(d) {
    this.of(d, () => this.server.notify("textDocument/didClose", { textDocument: this.id(d) }));
    this.open.delete(d.uri.toString());
    this.diagnostics.delete(d.uri);
  }

  async ask(method, d, params, token) {
    if (!this.server || !this.open.has(d.uri.toString())) return null;
    try {
      return await this.server.request(method, { textDocument: this.id(d), ...params }, token);
    } catch (err) {
      if (!token?.isCancellationRequested) this.output.appendLine(`${method}: ${err.message}`);
      return null;
    }
  }

  providers() {
    const languages = vscode.languages;
    return [
      languages.registerHoverProvider(selector, {
        provideHover: async (d, position, token) => {
          const h = await this.ask("textDocument/hover", d, { position: fromPosition(position) }, token);
          return h && new vscode.Hover(documentation(h.contents), h.range && toRange(h.range));
        },
      }),
      languages.registerCompletionItemProvider(selector, {
        provideCompletionItems: async (d, position, token) => {
          const list = await this.ask("textDocument/completion", d, { position: fromPosition(position) }, token);
          return (list?.items ?? []).map((i) => {
            const item = new vscode.CompletionItem(i.label, i.kind - 1);
            Object.assign(item, { detail: i.detail, documentation: documentation(i.documentation), sortText: i.sortText, filterText: i.filterText });
            item.insertText = i.textEdit.newText;
            item.range = toRange(i.textEdit.range);
            item.tags = i.tags;
            return item;
          });
        },
      }, " ", ":", "-"),
      languages.registerDefinitionProvider(selector, {
        provideDefinition: async (d, position, token) => {
          const found = await this.ask("textDocument/definition", d, { position: fromPosition(position) }, token);
          return (found ?? []).map(toLocation);
        },
      }),
      languages.registerDocumentSymbolProvider(selector, {
        provideDocumentSymbols: async (d, token) => ((await this.ask("textDocument/documentSymbol", d, {}, token)) ?? []).map(toSymbol),
      }),
      languages.registerCodeActionsProvider(selector, {
        provideCodeActions: async (d, range, context, token) => {
          const only = context.only ? [context.only.value] : undefined;
          const found = await this.ask("textDocument/codeAction", d, { range: fromRange(range), context: { diagnostics: [], only } }, token);
          return (found ?? []).map((a) => {
            const kind = a.kind === "quickfix" ? vscode.CodeActionKind.QuickFix : vscode.CodeActionKind.SourceFixAll;
            const action = new vscode.CodeAction(a.title, kind);
            action.edit = toEdit(a.edit);
            action.isPreferred = a.isPreferred;
            action.diagnostics = (a.diagnostics ?? []).map(toDiagnostic);
            return action;
          });
        },
      }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.SourceFixAll] }),
    ];
  }
}

let client;

exports.activate = async (context) => {
  const output = vscode.window.createOutputChannel("helmvet");
  client = new Client(output);
  const restart = async () => {
    await client.stop();
    client.starts = [];
    await client.start();
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("helmvet.restart", restart),
    vscode.workspace.onDidChangeConfiguration((e) => {
      if (e.affectsConfiguration("helmvet.path")) restart();
    }),
  );
  await client.start();
};

exports.deactivate = () => client?.dispose();
