// Rules specific to the console, run by oxlint (decision 041).

/** Fields with text from people and customers. */
const STORED = new Set([
  "name",
  "reason",
  "description",
  "client_ref",
  "clientRef",
  "failure_message",
  "customer",
]);

/** The stored field at the end of an expression, if any: `entry.actor.name`, `customer`. */
function storedIn(node) {
  switch (node?.type) {
    case "Identifier":
      return STORED.has(node.name) ? node.name : undefined;
    case "MemberExpression":
      if (node.computed) return undefined;
      if (node.property.name === "label" && node.object.name === "target") return "target.label";
      return STORED.has(node.property.name) ? node.property.name : undefined;
    case "ChainExpression":
    case "TSNonNullExpression":
      return storedIn(node.expression);
    case "LogicalExpression":
      return storedIn(node.right) ?? (node.operator === "&&" ? undefined : storedIn(node.left));
    case "ConditionalExpression":
      return storedIn(node.consequent) ?? storedIn(node.alternate);
    default:
      return undefined;
  }
}

const TEXT_ATTRIBUTES = new Set(["title", "aria-label", "alt", "placeholder"]);
const isHostElement = (name) => name?.type === "JSXIdentifier" && /^[a-z]/.test(name.name);

const storedText = {
  create: (context) => ({
    JSXExpressionContainer(node) {
      const field = storedIn(node.expression);
      if (!field) return;
      const { parent } = node;
      if (parent.type === "JSXAttribute") {
        const isText = TEXT_ATTRIBUTES.has(parent.name.name) && isHostElement(parent.parent.name);
        if (isText)
          context.report({
            node,
            message: `Write \`plainStored(${field})\`: it could reverse the text next to it.`,
          });
      } else if (parent.type === "JSXElement" && parent.openingElement.name.name !== "StoredText") {
        context.report({
          node,
          message: `Show \`${field}\` with <StoredText>: it could reverse the text next to it.`,
        });
      } else if (parent.type === "JSXFragment") {
        context.report({
          node,
          message: `Show \`${field}\` with <StoredText>: it could reverse the text next to it.`,
        });
      }
    },
    // "by you" or "by Ada": the text is part of a sentence.
    ConditionalExpression(node) {
      const branches = [node.consequent, node.alternate];
      const member = branches.find((branch) => branch.type === "MemberExpression" && storedIn(branch));
      const isSentence = branches.some(
        (branch) => branch.type === "Literal" && /\w/.test(String(branch.value ?? "")),
      );
      if (member && isSentence && node.parent.type !== "JSXExpressionContainer") {
        context.report({
          node: member,
          message: `Write \`plainStored(${storedIn(member)})\`: it could reverse the text next to it.`,
        });
      }
    },
    TemplateLiteral(node) {
      for (const expression of node.expressions) {
        const field =
          expression.type === "Identifier" && expression.name === "name" ? undefined : storedIn(expression);
        if (field)
          context.report({
            node: expression,
            message: `Write \`plainStored(${field})\`: it could reverse the text next to it.`,
          });
      }
    },
  }),
};

/** The ways to read the keyboard without `readPress`. */
const RAW = new Set(["keyCode", "isComposing", "which", "charCode"]);
const MODIFIERS = new Set(["key", "code", "ctrlKey", "metaKey", "altKey", "repeat"]);
const isEvent = (node) =>
  (node.type === "Identifier" && /^(e|ev|event|keyboardEvent)$/.test(node.name)) ||
  (node.type === "MemberExpression" && node.property.name === "nativeEvent");

const readKeys = {
  create(context) {
    const handlers = [];
    let readsPress = false;
    return {
      JSXAttribute(node) {
        if (/^onKey(Down|Up|Press)$/.test(node.name.name ?? "")) handlers.push(node);
      },
      Property(node) {
        if (/^onKey(Down|Up|Press)$/.test(node.key.name ?? "")) handlers.push(node);
      },
      CallExpression(node) {
        const [type] = node.arguments;
        if (
          node.callee.property?.name === "addEventListener" &&
          /^key(down|up|press)$/.test(type?.value ?? "")
        )
          handlers.push(node);
        if (node.callee.name === "readPress") readsPress = true;
      },
      MemberExpression(node) {
        const name = node.property.name;
        if (RAW.has(name) || (MODIFIERS.has(name) && isEvent(node.object))) {
          context.report({
            node,
            message: `Read \`${name}\` with readPress (components/ui/keys): it knows composition, layouts and AltGr.`,
          });
        }
      },
      "Program:exit"() {
        if (readsPress) return;
        for (const node of handlers)
          context.report({ node, message: "A key handler begins with readPress (components/ui/keys)." });
      },
    };
  },
};

const GATES = new Set(["consolePage", "entityPage", "referencePage"]);

/** A page without its guard shows everything to everyone. */
const pageGate = {
  create: (context) => ({
    ExportDefaultDeclaration(node) {
      const isPage = /app\/\(console\)\/(.*\/)?page\.tsx$/.test(context.filename.replaceAll("\\", "/"));
      if (!isPage || GATES.has(node.declaration.callee?.name)) return;
      context.report({
        node,
        message: "Export consolePage(…), entityPage(…) or referencePage(…): they check who may see the page.",
      });
    },
  }),
};

export default {
  meta: { name: "console" },
  rules: { "stored-text": storedText, "read-keys": readKeys, "page-gate": pageGate },
};
