// One expression over up to four operands that broadcast against each other.
//
// words: 0 count, 1 dims, 2.. sizes[12], 14 pointers[5] (result first), 19.. strides[5][12] in bytes, 80.. numbers[4][2].
// An operand whose pointer is 0 is a number: its two words are a double and, for integers, the exact value beside it.

#ifndef FT_T1
#define FT_T1 FT_T0
#endif
#ifndef FT_T2
#define FT_T2 FT_T0
#endif
#ifndef FT_T3
#define FT_T3 FT_T0
#endif

template <class T, int INTEGER> struct Number { static FT_MEMBER T at(const i64* w) { return To<T>::from(bits_double(w[0])); } };
template <class T> struct Number<T, 1> { static FT_MEMBER T at(const i64* w) { return (T)w[1]; } };
template <class T> struct Number<cplx<T>, 0> {
  static FT_MEMBER cplx<T> at(const i64* w) { return make((T)bits_double(w[0]), (T)bits_double(w[1])); }
};

template <class S> FT_FN typename Op<S>::type operand(const Words& p, int k, i64 offset) {
  typedef typename Op<S>::type T;
  return p.w[14 + k] ? load<S>(p.w[14 + k] + offset) : Number<T, Is<T>::integer>::at(p.w + 80 + 2 * (k - 1));
}

FT_KERNEL ft_elementwise(const Words p) {
  typedef Op<FT_T0>::type T;
  for (i64 i = first_index(); i < p.w[0]; i += index_step()) {
    i64 at[1 + FT_ARITY];
    offsets<1 + FT_ARITY>(i, (int)p.w[1], p.w + 2, p.w + 19, at);
#if FT_ARITY > 0
    const T a = operand<FT_T0>(p, 1, at[1]);
#endif
#if FT_ARITY > 1
    const Op<FT_T1>::type b = operand<FT_T1>(p, 2, at[2]);
#endif
#if FT_ARITY > 2
    const Op<FT_T2>::type c = operand<FT_T2>(p, 3, at[3]);
#endif
#if FT_ARITY > 3
    const Op<FT_T3>::type d = operand<FT_T3>(p, 4, at[4]);
#endif
    store<FT_R>(p.w[14] + at[0], FT_EXPR);
  }
}
