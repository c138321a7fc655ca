/** The generators whose clients are tried, and the commands that install them, make the clients and run the scripts. */

export interface Toolchain {
  name: string;
  /** Prints the version. */
  command: string;
  minimum: [major: number, minor: number];
}

export interface Client {
  /** In test/clients; the commands run in a copy of it, with the document as `openapi.json`. */
  folder: string;
  toolchain: Toolchain;
  /** Done again only when one of these files has changed. */
  manifests: string[];
  install: string[];
  /** Generate and compile. */
  build: string[];
  /** Under the names of their generators; each is given the files of two stacks. */
  scripts: Record<string, string>;
}

export const clients: Client[] = [
  {
    folder: 'typescript',
    toolchain: { name: 'Node.js', command: 'node --version', minimum: [20, 20] },
    manifests: ['package.json', 'package-lock.json'],
    install: ['npm ci --no-audit --no-fund'],
    build: [
      'rm -rf generated build',
      'npx openapi-typescript openapi.json --output generated/openapi-typescript.ts',
      'npx openapi-ts --input openapi.json --output generated/hey-api --client @hey-api/client-fetch --silent',
      'npx tsc',
    ],
    scripts: {
      'openapi-typescript and openapi-fetch': 'node build/openapi-fetch.js',
      '@hey-api/openapi-ts': 'node build/hey-api.js',
    },
  },
  {
    folder: 'python',
    toolchain: { name: 'Python', command: 'python3 --version', minimum: [3, 11] },
    manifests: ['requirements.txt'],
    install: [
      'python3 -m venv --clear venv',
      'venv/bin/python -m pip install --no-deps --disable-pip-version-check --no-input -r requirements.txt',
    ],
    build: [
      'rm -rf catalogue',
      'venv/bin/openapi-python-client generate --path openapi.json --config config.yaml --meta none --output-path catalogue',
      'venv/bin/mypy --strict catalogue script.py',
    ],
    scripts: { 'openapi-python-client': 'venv/bin/python script.py' },
  },
  {
    folder: 'go',
    toolchain: { name: 'Go', command: 'go version', minimum: [1, 26] },
    manifests: ['go.mod', 'go.sum'],
    install: ['go mod download'],
    build: [
      'rm -rf catalogue && mkdir catalogue',
      'go tool oapi-codegen -config oapi-codegen.yaml openapi.json',
      'go vet ./...',
      'go build -o client .',
    ],
    scripts: { 'oapi-codegen': './client' },
  },
  {
    folder: 'java',
    toolchain: { name: 'a JDK, with Maven', command: 'mvn --version >&2 && javac --version', minimum: [17, 0] },
    manifests: ['pom.xml'],
    install: ['rm -rf lib', 'mvn -q -B dependency:copy@generator dependency:copy-dependencies@libraries'],
    build: [
      'rm -rf generated classes',
      'java -jar openapi-generator.jar generate --input-spec openapi.json --config openapi-generator.json',
      "javac -d classes -cp 'lib/*' $(find src generated/src/main/java -name '*.java')",
    ],
    scripts: { 'openapi-generator': "java -cp 'classes:lib/*' Script" },
  },
];
