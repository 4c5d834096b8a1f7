// A stand-in for VS Code: just enough of its API to run the extension, open a
// file, type, and ask. It prints what the user would see as JSON.
"use strict";

const Module = require("module");
const path = require("path");
const [, , extensionDir, server, file] = process.argv;

class Emitter {
  constructor() {
    this.listeners = [];
    this.event = (f) => (this.listeners.push(f), { dispose() {} });
  }
  fire(e) {
    this.listeners.forEach((f) => f(e));
  }
}
const record = (names) => class {
  constructor(...args) {
    names.forEach((n, i) => (this[n] = args[i]));
  }
};
class Uri {
  constructor(text) {
    this.text = text;
    this.fsPath = decodeURIComponent(text.replace("file://", ""));
  }
  static parse(text) {
    return new Uri(text);
  }
  toString() {
    return this.text;
  }
}
const Position = record(["line", "character"]);
class Range {
  constructor(a, b, c, d) {
    this.start = new Position(a, b);
    this.end = new Position(c, d);
  }
}
const opened = new Emitter(), changed = new Emitter(), closed = new Emitter(), saved = new Emitter(), configured = new Emitter();
const shown = new Map(), providers = {}, errors = [], commands = {};
const register = (name) => (_selector, provider) => ((providers[name] = provider), { dispose() {} });
const disposable = { dispose() {} };
const text = "tenantid: 9350E2FC-a1dd-4c65-8d40-1f75a2e00199\ntenant:\n  general:\n    sipDomian: x.example.com\n    \n";
const document = { uri: new Uri("file://" + file), languageId: "yaml", version: 1, getText: () => text };

const vscode = {
  Uri, Range, Position,
  Location: record(["uri", "range"]),
  Diagnostic: record(["range", "message", "severity"]),
  DiagnosticRelatedInformation: record(["location", "message"]),
  Hover: record(["contents", "range"]),
  MarkdownString: record(["value"]),
  CompletionItem: record(["label", "kind"]),
  DocumentSymbol: record(["name", "detail", "kind", "range", "selectionRange"]),
  CodeAction: record(["title", "kind"]),
  CodeActionKind: { QuickFix: "quickfix", SourceFixAll: "source.fixAll" },
  TextEdit: record(["range", "newText"]),
  WorkspaceEdit: class {
    constructor() {
      this.edits = {};
    }
    set(uri, edits) {
      this.edits[uri] = edits;
    }
  },
  languages: {
    match: () => 10,
    createDiagnosticCollection: () => ({
      set: (uri, ds) => shown.set(uri.toString(), ds), delete: (uri) => shown.delete(uri.toString()), clear: () => shown.clear(), dispose() {},
    }),
    registerHoverProvider: register("hover"),
    registerCompletionItemProvider: register("completion"),
    registerDefinitionProvider: register("definition"),
    registerDocumentSymbolProvider: register("symbols"),
    registerCodeActionsProvider: register("actions"),
  },
  workspace: {
    workspaceFolders: [{ uri: new Uri("file://" + path.dirname(file)) }],
    textDocuments: [document],
    onDidOpenTextDocument: opened.event, onDidChangeTextDocument: changed.event, onDidCloseTextDocument: closed.event,
    onDidSaveTextDocument: saved.event, onDidChangeConfiguration: configured.event,
    getConfiguration: () => ({ get: () => server }),
    createFileSystemWatcher: () => ({ onDidChange: () => disposable, onDidCreate: () => disposable, onDidDelete: () => disposable, dispose() {} }),
  },
  window: {
    createOutputChannel: () => ({ append: (t) => process.stderr.write(t), appendLine: (t) => process.stderr.write(t + "\n"), dispose() {} }),
    showErrorMessage: (m) => errors.push(m),
  },
  commands: { registerCommand: (name, f) => ((commands[name] = f), disposable) },
};
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));

async function until(what, f) {
  for (let i = 0; i < 1000; i++) {
    if (f()) return;
    await new Promise((r) => setTimeout(r, 20));
  }
  throw new Error("never: " + what + "; " + JSON.stringify([...shown], null, 1) + errors);
}
const codes = () => (shown.get(document.uri.toString()) ?? []).map((d) => d.code?.value ?? d.code);

(async () => {
  const extension = require(path.join(extensionDir, "extension.js"));
  const context = { subscriptions: [] };
  await extension.activate(context);
  if (errors.length > 0) {
    console.log(JSON.stringify({ errors }));
    return;
  }
  await until("diagnostics", () => codes().includes("genesys-tenant/uuid-v4"));
  const out = { errors, first: shown.get(document.uri.toString()) };
  const token = { onCancellationRequested() {} };
  out.hover = (await providers.hover.provideHover(document, new Position(0, 3), token)).contents.value;
  out.completion = (await providers.completion.provideCompletionItems(document, new Position(4, 4), token)).map((i) => i.label);
  out.symbols = (await providers.symbols.provideDocumentSymbols(document, token)).map((s) => s.name);
  out.actions = await providers.actions.provideCodeActions(document, new Range(3, 5, 3, 5), {}, token);
  document.version++;
  changed.fire({ document, contentChanges: [{ range: new Range(0, 10, 0, 46), text: "9350e2fc-a1dd-4c65-8d40-1f75a2e00199" }] });
  await until("mended", () => shown.has(document.uri.toString()) && !codes().includes("genesys-tenant/uuid-v4"));
  await commands["helmvet.restart"]();
  await until("the same after a restart", () => codes().includes("genesys-tenant/uuid-v4"));
  closed.fire(document);
  out.closed = shown.size;
  await extension.deactivate();
  console.log(JSON.stringify(out));
})().catch((err) => {
  console.log(JSON.stringify({ errors: [String(err)] }));
  process.exit(1);
});
