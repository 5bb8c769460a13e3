// Folds some dimensions into one value: sums, products, truth, extremes with their index.
// FT_POLICY is Sum, Prod, All, Any, Extreme<1> (the largest) or Extreme<-1>; FT_ACC the accumulator of the first two.
//
// words: 0 results, 1 kept dims, 2 folded dims, 3 folded count, 4 chunks, 5 per chunk, 6 x, 7 result, 8 index result (or 0),
// 9 threads per result, 10.. kept sizes, 22.. folded sizes, 34.. x strides kept, 46.. x strides folded,
// 58.. result strides kept, 70.. index strides kept (all bytes), 82 partials, 83 divisor (FT_MEAN).
// Where one result has very many terms, they are cut into chunks: the first launch leaves partials[results][chunks] of FT_POLICY's
// accumulator, the second (FT_COMBINE) folds those. A fixed order in both, so that a result does not change between runs.

typedef Op<FT_T0>::type T;

struct Sum {
  typedef FT_ACC A;
  static FT_MEMBER A init() { return To<A>::from(0); }
  static FT_MEMBER A map(T v, i64) { return To<A>::from(v); }
  static FT_MEMBER A combine(A a, A b) { return a + b; }
};
struct Prod {
  typedef FT_ACC A;
  static FT_MEMBER A init() { return To<A>::from(1); }
  static FT_MEMBER A map(T v, i64) { return To<A>::from(v); }
  static FT_MEMBER A combine(A a, A b) { return a * b; }
};
struct All {
  typedef bool A;
  static FT_MEMBER A init() { return true; }
  static FT_MEMBER A map(T v, i64) { return To<bool>::from(v); }
  static FT_MEMBER A combine(A a, A b) { return a && b; }
};
struct Any {
  typedef bool A;
  static FT_MEMBER A init() { return false; }
  static FT_MEMBER A map(T v, i64) { return To<bool>::from(v); }
  static FT_MEMBER A combine(A a, A b) { return a || b; }
};
struct Place { T value; i64 index; };  // index -1: nothing seen yet, which loses against everything
// NaN wins over every number, the first one over later ones; equal values give the lower index.
template <int SIGN, class V = T> struct Extreme {  // V, so that a complex T is refused only where it is asked for
  typedef Place A;
  static FT_MEMBER A init() { Place r; r.value = To<T>::from(0); r.index = -1; return r; }
  static FT_MEMBER A map(T v, i64 i) { Place r; r.value = v; r.index = i; return r; }
  static FT_MEMBER A combine(A a, A b) {
    if (a.index < 0) return b;
    if (b.index < 0) return a;
    bool na = is_nan(a.value), nb = is_nan(b.value);
    if (na != nb) return na ? a : b;
    V x = a.value, y = b.value;
    if (!na && x != y) return (SIGN > 0 ? x > y : x < y) ? a : b;
    return a.index < b.index ? a : b;
  }
};
typedef FT_POLICY P;
typedef P::A Acc;

template <class A> FT_FN void finish(const Words& p, i64 r, A acc) {
  i64 at[2];
  offsets<2>(r, (int)p.w[1], p.w + 10, p.w + 58, at);
#ifdef FT_MEAN
  acc = acc / To<A>::from((double)p.w[83]);
#endif
  store<FT_R>(p.w[7] + at[0], acc);
}
FT_FN void finish(const Words& p, i64 r, Place acc) {
  i64 at[2];
  offsets<2>(r, (int)p.w[1], p.w + 10, p.w + 58, at);
  if (p.w[7]) store<FT_R>(p.w[7] + at[0], acc.value);
  if (p.w[8]) store<i64>(p.w[8] + at[1], acc.index);
}

FT_FN Acc term(const Words& p, i64 base, i64 j) {
  i64 at[1];
  offsets<1>(j, (int)p.w[2], p.w + 22, p.w + 46, at);
  return P::map(load<FT_T0>(p.w[6] + base + at[0]), j);
}

// One thread's running result in four levels, so that no chain of float additions is longer than 32 (or n / 32768): a plain loop
// over a million terms of 0.1 is wrong by a per cent.
struct Cascade {
  Acc level[4];
  i64 seen;
  FT_MEMBER Cascade() : seen(0) {
#pragma unroll
    for (int k = 0; k < 4; ++k) level[k] = P::init();
  }
  FT_MEMBER void add(Acc v) {
    level[0] = P::combine(level[0], v);
    ++seen;
#pragma unroll
    for (int k = 0; k < 3; ++k) {
      if (seen & ((32ll << (5 * k)) - 1)) return;
      level[k + 1] = P::combine(level[k + 1], level[k]);
      level[k] = P::init();
    }
  }
  FT_MEMBER Acc total() { return P::combine(P::combine(level[3], level[2]), P::combine(level[1], level[0])); }
};

// Threads of a block are cut into teams of p.w[9] (a power of two) that share one result each; a team's tree needs no atomics.
FT_FN Acc team_fold(Acc acc, Acc* shared, int team) {
  shared[threadIdx.x] = acc;
  __syncthreads();
  int lane = (int)threadIdx.x % team;
  for (int s = team / 2; s > 0; s >>= 1) {
    if (lane < s) shared[threadIdx.x] = P::combine(shared[threadIdx.x], shared[threadIdx.x + s]);
    __syncthreads();
  }
  return shared[threadIdx.x - lane];
}

FT_KERNEL ft_reduce(const Words p) {
  __shared__ __align__(16) char memory[256 * sizeof(Acc)];
  Acc* shared = (Acc*)memory;
  const int team = (int)p.w[9];
  const i64 per_block = blockDim.x / team, tasks = p.w[0] * p.w[4];
  for (i64 first = (i64)blockIdx.x * per_block; first < tasks; first += (i64)gridDim.x * per_block) {
    const i64 task = first + threadIdx.x / team;
    const int lane = (int)threadIdx.x % team;
    Cascade sum;
    if (task < tasks) {
      const i64 r = task / p.w[4];
#ifdef FT_COMBINE
      const i64 hi = p.w[3];
      for (i64 j = lane; j < hi; j += team) sum.add(((const Acc*)p.w[82])[r * hi + j]);
#else
      const i64 lo = (task % p.w[4]) * p.w[5];
      const i64 hi = lo + p.w[5] < p.w[3] ? lo + p.w[5] : p.w[3];
      i64 base[1];
      offsets<1>(r, (int)p.w[1], p.w + 10, p.w + 34, base);
      for (i64 j = lo + lane; j < hi; j += team) sum.add(term(p, base[0], j));
#endif
    }
    const Acc acc = team_fold(sum.total(), shared, team);
    if (task < tasks && lane == 0) {
      if (p.w[82] && p.w[4] > 1) ((Acc*)p.w[82])[task] = acc;
      else finish(p, task / p.w[4], acc);
    }
    __syncthreads();
  }
}
