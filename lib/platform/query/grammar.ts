/**
 * The grammar of `q` in Peggy's notation. Fields and types are checked afterwards, so that a message can name
 * the mistake instead of the grammar's expectations. Limits are passed as options.
 */
export const GRAMMAR = String.raw`
{{
  const join = (kind, first, rest) => (rest.length === 0 ? first : { kind, items: [first, ...rest] });
}}
{
  let depth = 0;
  let terms = 0;
}

Query = _ @Or _

Or = first:And rest:(_ OR _ @And)* { return join("or", first, rest); }
And = first:Not rest:(_ AND _ @Not)* { return join("and", first, rest); }
Not = nots:(NOT _)* item:Primary { return nots.length % 2 === 0 ? item : { kind: "not", item }; }
Primary = Open _ @Or _ Close / Comparison

Open "\"(\"" = [(（] {
  if (++depth > options.maxDepth) error("The parentheses are nested more than " + options.maxDepth + " deep");
}
Close "\")\"" = [)）] { depth--; }

Comparison = path:Path _ operator:Operator _ value:Value {
  if (++terms > options.maxTerms) error("There are more than " + options.maxTerms + " comparisons");
  return { kind: "compare", path, operator, value };
}

Path = first:Name rest:("." @Segment)* { return [first, ...rest]; }
Name "a field" = !Keyword text:$([A-Za-z_] [A-Za-z0-9_]*) { return { text, at: offset() }; }
Segment "a name" = text:($[A-Za-z0-9_-]+ / String) { return { text, at: offset() }; }

Operator "an operator (: = > < >= <=)"
  = [:：] { return ":"; } / [=＝] { return "="; }
  / (([>＞] [=＝]) / "≥") { return ">="; } / (([<＜] [=＝]) / "≤") { return "<="; }
  / [>＞] { return ">"; } / [<＜] { return "<"; }

Value "a value" = String_ / Moment / Bare
// The separator is a space if the time has one, or if a URL didn't encode its +.
Moment = text:$(Date [Tt ] Time (" "? [+-]? Offset / [Zz])? ![0-9A-Za-z:.]) { return { text, isQuoted: false, at: offset() }; }
Date = [0-9]|4| "-" [0-9]|2| "-" [0-9]|2|
Time = [0-9]|2| ":" [0-9]|2| (":" [0-9]|2| ("." [0-9]+)?)?
Offset = [0-9]|2| (":"? [0-9]|2|)?
String_ = text:String { return { text, isQuoted: true, at: offset() }; }
Bare = text:$(!Mark BareCharacter+) { return { text, isQuoted: false, at: offset() }; }
BareCharacter = !Blank [^()"'<>=（）＜＞＝]
String
  = "\"" parts:($[^"\\]+ / Escape)* Closing_double { return parts.join(""); }
  / "'" parts:($[^'\\]+ / Escape)* Closing_single { return parts.join(""); }
  / Double parts:($(!Double [^\\])+ / Escape)* Double { return parts.join(""); }
  / Single parts:($(!Single [^\\])+ / Escape)* Single { return parts.join(""); }
  / Double parts:($(!Double [^\\"])+ / Escape)* Closing_double { return parts.join(""); }
  / Single parts:($(!Single [^\\'])+ / Escape)* Closing_single { return parts.join(""); }
Double = [“”„‟«»″＂❝❞〝〞〟「」『』｢｣]
Single = [‘’‚‛‹›′＇❛❜´${"`"}]
Mark = Double / Single
Escape = "\\" @(["'\\] / Mark) / "\\" { error("A backslash may only precede a quotation mark or another backslash"); }
Closing_double = "\"" / End { error("The quotation has no end"); }
Closing_single = "'" / End { error("The quotation has no end"); }
End = !.

Keyword = AND / OR / NOT
AND "AND" = "AND"i Boundary
OR "OR" = "OR"i Boundary
NOT "NOT" = "NOT"i Boundary
Boundary = ![A-Za-z0-9_.:=<>]
_ "white space" = Blank*
Blank = [ \t-\r\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]
`;
