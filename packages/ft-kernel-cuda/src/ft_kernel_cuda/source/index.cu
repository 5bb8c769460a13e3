// Reads and writes at places that are data: gather, scatter, index_select and index_put by one address rule.
//
// words: 0 count, 1 dims, 2.. sizes[12], 14 pointers: result, source, then up to four int64 index arrays,
// 20.. strides[6][12] in bytes over the iteration space, 92 jump[4]: bytes per unit of each index, 96 length[4] of each indexed
// dimension, 100 how many indices, 101 pointer to the fault flag (FT_CHECK).
// FT_WRITE: the result is addressed through the indices (scatter), else the source is (gather).
// FT_CHECK launches write nothing but the flag: 1 + the first offending index array. All bounds are known before data moves.

FT_FN i64 wrapped(i64 i, i64 n) { return i < 0 ? i + n : i; }

#ifdef FT_ADD
template <class S> FT_FN void add_at(i64 address, S v) {  // compare and swap on the enclosing 32 or 64 bits serves every dtype
#ifdef FT_HOST
  *(S*)address = Stored<S, typename Op<S>::type>::from(load<S>(address) + load_as(&v));
#else
  typedef typename Op<S>::type T;
  const T addend = load_as(&v);
  if (sizeof(S) == 16) {  // complex128: the two halves are added one by one
    atomicAdd((double*)address, ((const double*)&v)[0]);
    atomicAdd((double*)address + 1, ((const double*)&v)[1]);
  } else if (sizeof(S) == 8) {
    u64* word = (u64*)address;
    u64 old = *word, seen;
    do {
      union { u64 u; char b[8]; } now;
      now.u = seen = old;
      T sum = load<S>((i64)now.b) + addend;
      store<S>((i64)now.b, sum);
      old = atomicCAS(word, seen, now.u);
    } while (old != seen);
  } else {
    u32* word = (u32*)(address & ~(i64)3);
    int shift = (int)(address & 3);
    u32 old = *word, seen;
    do {
      union { u32 u; char b[4]; } now;
      now.u = seen = old;
      T sum = load<S>((i64)(now.b + shift)) + addend;
      store<S>((i64)(now.b + shift), sum);
      old = atomicCAS(word, seen, now.u);
    } while (old != seen);
  }
#endif
}
#endif

FT_KERNEL ft_index(const Words p) {
  for (i64 i = first_index(); i < p.w[0]; i += index_step()) {
    i64 at[6];
    offsets<6>(i, (int)p.w[1], p.w + 2, p.w + 20, at);
    i64 jump = 0;
    for (int k = 0; k < (int)p.w[100]; ++k) {
      const i64 n = p.w[96 + k], j = *(const i64*)(p.w[16 + k] + at[2 + k]);
#ifdef FT_CHECK
      if (j < -n || j >= n) *(volatile i32*)p.w[101] = 1 + k;
#endif
      jump += wrapped(j, n) * p.w[92 + k];
    }
#ifndef FT_CHECK
#ifdef FT_WRITE
    const i64 to = p.w[14] + at[0] + jump, from = p.w[15] + at[1];
#else
    const i64 to = p.w[14] + at[0], from = p.w[15] + at[1] + jump;
#endif
#ifdef FT_ADD
    add_at<FT_T0>(to, *(const FT_T0*)from);
#else
    *(FT_T0*)to = *(const FT_T0*)from;
#endif
#else
    (void)jump;
#endif
  }
}
