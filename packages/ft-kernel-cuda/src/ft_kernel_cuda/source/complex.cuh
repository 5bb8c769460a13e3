// Complex arithmetic: the operators and the few functions whose real and imaginary parts have closed forms.

template <class T> FT_FN cplx<T> make(T re, T im) { cplx<T> r; r.re = re; r.im = im; return r; }
template <class T> FT_FN cplx<T> operator+(cplx<T> a, cplx<T> b) { return make(a.re + b.re, a.im + b.im); }
template <class T> FT_FN cplx<T> operator-(cplx<T> a, cplx<T> b) { return make(a.re - b.re, a.im - b.im); }
template <class T> FT_FN cplx<T> operator-(cplx<T> a) { return make(-a.re, -a.im); }
template <class T> FT_FN cplx<T> operator*(cplx<T> a, cplx<T> b) { return make(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re); }
template <class T> FT_FN bool operator==(cplx<T> a, cplx<T> b) { return a.re == b.re && a.im == b.im; }
template <class T> FT_FN bool operator!=(cplx<T> a, cplx<T> b) { return !(a == b); }

// Smith's division: scaled by the larger part of the divisor, so that |b|^2 is never formed (it would overflow at 1e20 in float).
template <class T> FT_FN cplx<T> operator/(cplx<T> a, cplx<T> b) {
  if (ft_abs(b.re) >= ft_abs(b.im)) {
    if (b.re == 0 && b.im == 0) return make(a.re / ft_abs(b.re), a.im / ft_abs(b.im));
    T r = b.im / b.re, d = b.re + b.im * r;
    return make((a.re + a.im * r) / d, (a.im - a.re * r) / d);
  }
  T r = b.re / b.im, d = b.re * r + b.im;
  return make((a.re * r + a.im) / d, (a.im * r - a.re) / d);
}

template <class T> FT_FN bool is_nan(cplx<T> v) { return v.re != v.re || v.im != v.im; }
template <class T> FT_FN bool is_inf(cplx<T> v) { return is_inf(v.re) || is_inf(v.im); }
template <class T> FT_FN T ft_abs(cplx<T> v) { return ::hypot(v.re, v.im); }
template <class T> FT_FN T ft_angle(cplx<T> v) { return ::atan2(v.im, v.re); }
template <class T> FT_FN T ft_angle(T v) { return is_nan(v) ? v : v < 0 ? (T)3.14159265358979323846 : (T)0; }
template <class T> FT_FN cplx<T> ft_conj(cplx<T> v) { return make(v.re, -v.im); }
template <class T> FT_FN T ft_conj(T v) { return v; }
template <class T> FT_FN cplx<T> exp(cplx<T> v) {
  T m = ::exp(v.re);
  return v.im == 0 ? make(m, v.im) : make(m * ::cos(v.im), m * ::sin(v.im));
}
template <class T> FT_FN cplx<T> log(cplx<T> v) { return make(::log(ft_abs(v)), ft_angle(v)); }
template <class T> FT_FN cplx<T> sqrt(cplx<T> v) {  // the root with a non-negative real part, without cancellation
  if (v.re == 0 && v.im == 0) return make((T)0, v.im);
  T t = ::sqrt((ft_abs(v.re) + ft_abs(v)) / 2);
  return v.re >= 0 ? make(t, v.im / (2 * t)) : make(ft_abs(v.im) / (2 * t), ::copysign(t, v.im));
}
