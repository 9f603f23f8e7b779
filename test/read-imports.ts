/** What a source file imports, by TypeScript's own parser. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path/posix';
import ts from 'typescript';

export interface Import {
  /** A path from the repository's root for our own files, else the name of the package. */
  readonly from: string;
  /** True where only types are imported, which leaves no trace in the bundle. */
  readonly isTypeOnly: boolean;
}

export function parseSource(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

/** Visits a node and everything below it. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** All TypeScript files below a folder, as paths from the repository's root. */
export function listSources(folder: string): string[] {
  return globSync(`${folder}/**/*.{ts,tsx}`)
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  const isNamed = names !== undefined && ts.isNamedImports(names) && clause.name === undefined;
  return isNamed && names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

export function readImports(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const path = specifier.text.replace(/\?.*$/, '');
    found.push({
      from: path.startsWith('.') ? normalize(`${dirname(file)}/${path}`) : path,
      isTypeOnly: isType,
    });
  };
  visit(parseSource(file), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return found;
}
