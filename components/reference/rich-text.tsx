/** Text with code between backticks. */
export const RichText = ({ text }: { text: string }) =>
  text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <code key={index} className="mono bg-sunken rounded-sm px-0.5 wrap-anywhere">
        {part}
      </code>
    ),
  );
