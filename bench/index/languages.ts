/** One language of the tree: how its files end, how its comments begin, and what its code looks like. */
export interface Language {
  readonly ending: string;
  readonly comment: string;
  /** A piece of code; `a` and `b` are names, `n` a number. */
  readonly code: (a: string, b: string, n: number) => string;
  /** Code that ripgrep finds and that is no annotation. */
  readonly decoy: string;
}

export const LANGUAGES: readonly [Language, ...Language[]] = [
  {
    ending: '.py',
    comment: '#',
    code: (a, b, n) => `
@dataclass
class ${a.toUpperCase()}:
    """Keeps the ${b} of a batch and how often it was seen."""

    ${b}: torch.Tensor
    count: int = ${n}

    @property
    def mean(self) -> float:
        # Averages over the batch; an empty one has none.
        return float(self.${b}.sum() / max(self.count, 1))

def ${a}_step(model, batch, *, rate=${n}e-5):
    loss = nn.functional.cross_entropy(model(batch["${b}"]), batch["label"])
    loss.backward()
    print(f"step {${n}}: {loss.item():.4f}")
`,
    decoy: 'print("write @dataset in a comment")',
  },
  {
    ending: '.ts',
    comment: '//',
    code: (a, b, n) => `
/**
 * Reads the ${b} of a ${a}.
 * @param ${a} where to look
 * @returns how many there were
 */
export async function ${a}Of(${a}: string, limit = ${n}): Promise<number> {
  const { ${b} } = await import('@scope/${b}');
  // An empty answer is no error.
  const found = \`\${${a}}:\${limit}\`.split(':').filter(part => part !== '' && !/^["']/.test(part));
  return found.length * ${b}.length;
}
`,
    decoy: 'const word = "@task";',
  },
  {
    ending: '.java',
    comment: '//',
    code: (a, b, n) => `
  /** Counts what ${b} holds. */
  @Override
  public int ${a}Count(List<String> ${b}) {
    int total = ${n};
    for (String each : ${b}) {
      total += each.length(); // every letter counts
    }
    return total;
  }
`,
    decoy: 'String word = "@pipeline";',
  },
  {
    ending: '.cpp',
    comment: '//',
    code: (a, b, n) => `
/// @brief Multiplies by ${n}.
template <typename T>
std::vector<T> ${a}(const std::vector<T>& ${b}) {
  std::vector<T> out(${b}.size());
  for (std::size_t i = 0; i < ${b}.size(); ++i) out[i] = ${b}[i] * static_cast<T>(${n});
  return out;  /* moved, not copied */
}
`,
    decoy: 'const char* word = "@dataset";',
  },
  {
    ending: '.go',
    comment: '//',
    code: (a, b, n) => `
// ${a} adds up ${b}.
func ${a}(${b} []float64) (float64, error) {
	if len(${b}) > ${n} {
		return 0, fmt.Errorf("too many: %d", len(${b}))
	}
	sum := 0.0
	for _, v := range ${b} {
		sum += v
	}
	return sum, nil
}
`,
    decoy: 'word := "@task"',
  },
  {
    ending: '.R',
    comment: '#',
    code: (a, b, n) => `
#' @param ${b} what to fit
#' @export
${a} <- function(${b}, n = ${n}) {
  # Missing values are left out.
  fit <- lm(y ~ ., data = na.omit(${b}))
  summary(fit)$r.squared * n
}
`,
    decoy: 'word <- "@dataset"',
  },
  {
    ending: '.sql',
    comment: '--',
    code: (a, b, n) => `
-- Everyone whose ${b} is known.
SELECT ${a}.id, COUNT(*) AS n
FROM ${a} JOIN ${b} ON ${b}.owner = ${a}.id
WHERE ${b}.value > ${n} AND ${a}.mail LIKE '%@example.org'
GROUP BY ${a}.id;
`,
    decoy: "SELECT '@pipeline' AS word;",
  },
];
