//! Characters that Unicode takes for ASCII text in another form: wide, bold, circled, joined.

/// Returns the ASCII text that `c` is a compatible form of, or that its compatible form looks like.
pub(crate) fn ascii_text(c: char) -> Option<&'static str> {
    single(c).or_else(|| {
        let at = JOINED.binary_search_by_key(&c, |(joined, _)| *joined).ok()?;
        JOINED.get(at).map(|(_, text)| *text)
    })
}

fn single(c: char) -> Option<&'static str> {
    let at = RUNS.partition_point(|(first, _)| *first <= c);
    let (first, letters) = RUNS.get(at.checked_sub(1)?)?;
    let offset = usize::try_from(u32::from(c).checked_sub(u32::from(*first))?).ok()?;
    letters.get(offset..=offset).filter(|letter| *letter != "\t")
}

/// Runs of characters from the first on, each with its letter; `\t` where it has none.
#[rustfmt::skip]
const RUNS: [(char, &str); 32] = [
    ('\u{a0}', " "),
    ('\u{aa}', "a\t\t\t\t\t\t\t23\t\t\t\t\t1o"),
    ('\u{17f}', "s"),
    ('\u{2b0}', "h\tjr\t\t\twy"),
    ('\u{2e1}', "lsx"),
    ('\u{3d2}', "Y"),
    ('\u{3f0}', "kp"),
    (
        '\u{1d2c}',
        "A\tB\tDE\tGHIJKLMN\tO\tPRTUWa\ta\tbde\t\t\tg\tkm\to\t\t\tptu\t\tv\t\ty\t\
         \txiruv\typ\tx",
    ),
    ('\u{1d9c}', "c\t\t\tf\tg"),
    ('\u{1dbb}', "z"),
    ('\u{2000}', "           "),
    ('\u{202f}', " "),
    ('\u{205f}', " "),
    ('\u{2070}', "0i\t\t456789+-=()n0123456789+-=()\taeox\thklmnpstwyz"),
    (
        '\u{2102}',
        "C\t\t\t\t\t\t\tgHHHh\tIILl\tN\t\t\tPQRRR\t\t\t\t\t\tZ\t\t\tZ\t\t\tBC\teEF\tMo\t\
         \t\t\ti\t\t\ty\t\t\t\t\t\t\tDdeij",
    ),
    ('\u{2160}', "I\t\t\tV\t\t\t\tX\t\tLCDMi\t\t\tv\t\t\t\tx\t\t\tcdm"),
    ('\u{2460}', "123456789"),
    ('\u{24b6}', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0"),
    ('\u{2c7c}', "jV"),
    ('\u{3000}', " "),
    ('\u{a7f1}', "SCFQ"),
    ('\u{fb29}', "+"),
    ('\u{fe10}', ",\t.:;!?"),
    ('\u{fe32}', "-__(){}"),
    ('\u{fe47}', "[]\t\t\t\t___,\t.\t;:?!\t(){}\t\t#&*+-<>=\t\\$%@"),
    (
        '\u{ff01}',
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRST\
         UVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~\t\t.",
    ),
    ('\u{107a5}', "q"),
    ('\u{1ccd6}', "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
    (
        '\u{1d400}',
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg\tijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         A\tCD\t\tG\t\tJK\t\tNOPQ\tSTUVWXYZabcd\tf\thijklmn\tpqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         AB\tDEFG\t\tJKLMNOPQ\tSTUVWXY\tabcdefghijklmnopqrstuvwxyz\
         AB\tDEFG\tIJKLM\tO\t\t\tSTUVWXY\tabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\
         i\t\t\tAB\t\tEZH\tIK\tMN\tO\tP\t\tTY\tX\t\t\ta\ty\t\t\t\t\tik\t\tv\to\tp\t\ttu\t\
         x\t\t\t\t\tk\tp\tAB\t\tEZH\tIK\tMN\tO\tP\t\tTY\tX\t\t\ta\ty\t\t\t\t\tik\t\tv\to\t\
         p\t\ttu\tx\t\t\t\t\tk\tp\tAB\t\tEZH\tIK\tMN\tO\tP\t\tTY\tX\t\t\ta\ty\t\t\t\t\tik\
         \t\tv\to\tp\t\ttu\tx\t\t\t\t\tk\tp\tAB\t\tEZH\tIK\tMN\tO\tP\t\tTY\tX\t\t\ta\ty\t\
         \t\t\t\tik\t\tv\to\tp\t\ttu\tx\t\t\t\t\tk\tp\tAB\t\tEZH\tIK\tMN\tO\tP\t\tTY\tX\t\
         \t\ta\ty\t\t\t\t\tik\t\tv\to\tp\t\ttu\tx\t\t\t\t\tk\tp\t\t\t\t\t01234567890123\
         456789012345678901234567890123456789",
    ),
    (
        '\u{1e030}',
        "a\t\t\t\te\t\t\tk\t\to\tpcty\tx\t\t\t\t\t\t\t\tij\t\tla\t\t\
         \t\te\t\t\tk\to\tcy\tx\t\t\t\t\t\tis",
    ),
    ('\u{1f12b}', "CR\t\t\tABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ('\u{1fbf0}', "0123456789"),
];

/// Characters that stand for several.
#[rustfmt::skip]
const JOINED: [(char, &str); 337] = [
    ('\u{bc}', "1/4"), ('\u{bd}', "1/2"), ('\u{be}', "3/4"), ('\u{132}', "IJ"), ('\u{133}', "ij"),
    ('\u{13f}', "L."), ('\u{140}', "l."), ('\u{1c7}', "LJ"), ('\u{1c8}', "Lj"), ('\u{1c9}', "lj"),
    ('\u{1ca}', "NJ"), ('\u{1cb}', "Nj"), ('\u{1cc}', "nj"), ('\u{1f1}', "DZ"), ('\u{1f2}', "Dz"),
    ('\u{1f3}', "dz"), ('\u{2025}', ".."), ('\u{2026}', "..."), ('\u{203c}', "!!"),
    ('\u{2047}', "??"), ('\u{2048}', "?!"), ('\u{2049}', "!?"), ('\u{20a8}', "Rs"),
    ('\u{2100}', "a/c"), ('\u{2101}', "a/s"), ('\u{2105}', "c/o"), ('\u{2106}', "c/u"),
    ('\u{2116}', "No"), ('\u{2120}', "SM"), ('\u{2121}', "TEL"), ('\u{2122}', "TM"),
    ('\u{213b}', "FAX"), ('\u{2150}', "1/7"), ('\u{2151}', "1/9"), ('\u{2152}', "1/10"),
    ('\u{2153}', "1/3"), ('\u{2154}', "2/3"), ('\u{2155}', "1/5"), ('\u{2156}', "2/5"),
    ('\u{2157}', "3/5"), ('\u{2158}', "4/5"), ('\u{2159}', "1/6"), ('\u{215a}', "5/6"),
    ('\u{215b}', "1/8"), ('\u{215c}', "3/8"), ('\u{215d}', "5/8"), ('\u{215e}', "7/8"),
    ('\u{215f}', "1/"), ('\u{2161}', "II"), ('\u{2162}', "III"), ('\u{2163}', "IV"),
    ('\u{2165}', "VI"), ('\u{2166}', "VII"), ('\u{2167}', "VIII"), ('\u{2168}', "IX"),
    ('\u{216a}', "XI"), ('\u{216b}', "XII"), ('\u{2171}', "ii"), ('\u{2172}', "iii"),
    ('\u{2173}', "iv"), ('\u{2175}', "vi"), ('\u{2176}', "vii"), ('\u{2177}', "viii"),
    ('\u{2178}', "ix"), ('\u{217a}', "xi"), ('\u{217b}', "xii"), ('\u{2189}', "0/3"),
    ('\u{2469}', "10"), ('\u{246a}', "11"), ('\u{246b}', "12"), ('\u{246c}', "13"),
    ('\u{246d}', "14"), ('\u{246e}', "15"), ('\u{246f}', "16"), ('\u{2470}', "17"),
    ('\u{2471}', "18"), ('\u{2472}', "19"), ('\u{2473}', "20"), ('\u{2474}', "(1)"),
    ('\u{2475}', "(2)"), ('\u{2476}', "(3)"), ('\u{2477}', "(4)"), ('\u{2478}', "(5)"),
    ('\u{2479}', "(6)"), ('\u{247a}', "(7)"), ('\u{247b}', "(8)"), ('\u{247c}', "(9)"),
    ('\u{247d}', "(10)"), ('\u{247e}', "(11)"), ('\u{247f}', "(12)"), ('\u{2480}', "(13)"),
    ('\u{2481}', "(14)"), ('\u{2482}', "(15)"), ('\u{2483}', "(16)"), ('\u{2484}', "(17)"),
    ('\u{2485}', "(18)"), ('\u{2486}', "(19)"), ('\u{2487}', "(20)"), ('\u{2488}', "1."),
    ('\u{2489}', "2."), ('\u{248a}', "3."), ('\u{248b}', "4."), ('\u{248c}', "5."),
    ('\u{248d}', "6."), ('\u{248e}', "7."), ('\u{248f}', "8."), ('\u{2490}', "9."),
    ('\u{2491}', "10."), ('\u{2492}', "11."), ('\u{2493}', "12."), ('\u{2494}', "13."),
    ('\u{2495}', "14."), ('\u{2496}', "15."), ('\u{2497}', "16."), ('\u{2498}', "17."),
    ('\u{2499}', "18."), ('\u{249a}', "19."), ('\u{249b}', "20."), ('\u{249c}', "(a)"),
    ('\u{249d}', "(b)"), ('\u{249e}', "(c)"), ('\u{249f}', "(d)"), ('\u{24a0}', "(e)"),
    ('\u{24a1}', "(f)"), ('\u{24a2}', "(g)"), ('\u{24a3}', "(h)"), ('\u{24a4}', "(i)"),
    ('\u{24a5}', "(j)"), ('\u{24a6}', "(k)"), ('\u{24a7}', "(l)"), ('\u{24a8}', "(m)"),
    ('\u{24a9}', "(n)"), ('\u{24aa}', "(o)"), ('\u{24ab}', "(p)"), ('\u{24ac}', "(q)"),
    ('\u{24ad}', "(r)"), ('\u{24ae}', "(s)"), ('\u{24af}', "(t)"), ('\u{24b0}', "(u)"),
    ('\u{24b1}', "(v)"), ('\u{24b2}', "(w)"), ('\u{24b3}', "(x)"), ('\u{24b4}', "(y)"),
    ('\u{24b5}', "(z)"), ('\u{2a74}', "::="), ('\u{2a75}', "=="), ('\u{2a76}', "==="),
    ('\u{3250}', "PTE"), ('\u{3251}', "21"), ('\u{3252}', "22"), ('\u{3253}', "23"),
    ('\u{3254}', "24"), ('\u{3255}', "25"), ('\u{3256}', "26"), ('\u{3257}', "27"),
    ('\u{3258}', "28"), ('\u{3259}', "29"), ('\u{325a}', "30"), ('\u{325b}', "31"),
    ('\u{325c}', "32"), ('\u{325d}', "33"), ('\u{325e}', "34"), ('\u{325f}', "35"),
    ('\u{32b1}', "36"), ('\u{32b2}', "37"), ('\u{32b3}', "38"), ('\u{32b4}', "39"),
    ('\u{32b5}', "40"), ('\u{32b6}', "41"), ('\u{32b7}', "42"), ('\u{32b8}', "43"),
    ('\u{32b9}', "44"), ('\u{32ba}', "45"), ('\u{32bb}', "46"), ('\u{32bc}', "47"),
    ('\u{32bd}', "48"), ('\u{32be}', "49"), ('\u{32bf}', "50"), ('\u{32cc}', "Hg"),
    ('\u{32cd}', "erg"), ('\u{32ce}', "eV"), ('\u{32cf}', "LTD"), ('\u{3371}', "hPa"),
    ('\u{3372}', "da"), ('\u{3373}', "AU"), ('\u{3374}', "bar"), ('\u{3375}', "oV"),
    ('\u{3376}', "pc"), ('\u{3377}', "dm"), ('\u{3378}', "dm2"), ('\u{3379}', "dm3"),
    ('\u{337a}', "IU"), ('\u{3380}', "pA"), ('\u{3381}', "nA"), ('\u{3383}', "mA"),
    ('\u{3384}', "kA"), ('\u{3385}', "KB"), ('\u{3386}', "MB"), ('\u{3387}', "GB"),
    ('\u{3388}', "cal"), ('\u{3389}', "kcal"), ('\u{338a}', "pF"), ('\u{338b}', "nF"),
    ('\u{338e}', "mg"), ('\u{338f}', "kg"), ('\u{3390}', "Hz"), ('\u{3391}', "kHz"),
    ('\u{3392}', "MHz"), ('\u{3393}', "GHz"), ('\u{3394}', "THz"), ('\u{3396}', "ml"),
    ('\u{3397}', "dl"), ('\u{3398}', "kl"), ('\u{3399}', "fm"), ('\u{339a}', "nm"),
    ('\u{339c}', "mm"), ('\u{339d}', "cm"), ('\u{339e}', "km"), ('\u{339f}', "mm2"),
    ('\u{33a0}', "cm2"), ('\u{33a1}', "m2"), ('\u{33a2}', "km2"), ('\u{33a3}', "mm3"),
    ('\u{33a4}', "cm3"), ('\u{33a5}', "m3"), ('\u{33a6}', "km3"), ('\u{33a7}', "m/s"),
    ('\u{33a8}', "m/s2"), ('\u{33a9}', "Pa"), ('\u{33aa}', "kPa"), ('\u{33ab}', "MPa"),
    ('\u{33ac}', "GPa"), ('\u{33ad}', "rad"), ('\u{33ae}', "rad/s"), ('\u{33af}', "rad/s2"),
    ('\u{33b0}', "ps"), ('\u{33b1}', "ns"), ('\u{33b3}', "ms"), ('\u{33b4}', "pV"),
    ('\u{33b5}', "nV"), ('\u{33b7}', "mV"), ('\u{33b8}', "kV"), ('\u{33b9}', "MV"),
    ('\u{33ba}', "pW"), ('\u{33bb}', "nW"), ('\u{33bd}', "mW"), ('\u{33be}', "kW"),
    ('\u{33bf}', "MW"), ('\u{33c2}', "a.m."), ('\u{33c3}', "Bq"), ('\u{33c4}', "cc"),
    ('\u{33c5}', "cd"), ('\u{33c6}', "C/kg"), ('\u{33c7}', "Co."), ('\u{33c8}', "dB"),
    ('\u{33c9}', "Gy"), ('\u{33ca}', "ha"), ('\u{33cb}', "HP"), ('\u{33cc}', "in"),
    ('\u{33cd}', "KK"), ('\u{33ce}', "KM"), ('\u{33cf}', "kt"), ('\u{33d0}', "lm"),
    ('\u{33d1}', "ln"), ('\u{33d2}', "log"), ('\u{33d3}', "lx"), ('\u{33d4}', "mb"),
    ('\u{33d5}', "mil"), ('\u{33d6}', "mol"), ('\u{33d7}', "PH"), ('\u{33d8}', "p.m."),
    ('\u{33d9}', "PPM"), ('\u{33da}', "PR"), ('\u{33db}', "sr"), ('\u{33dc}', "Sv"),
    ('\u{33dd}', "Wb"), ('\u{33de}', "V/m"), ('\u{33df}', "A/m"), ('\u{33ff}', "gal"),
    ('\u{fb00}', "ff"), ('\u{fb01}', "fi"), ('\u{fb02}', "fl"), ('\u{fb03}', "ffi"),
    ('\u{fb04}', "ffl"), ('\u{fb05}', "st"), ('\u{fb06}', "st"), ('\u{fe19}', "..."),
    ('\u{fe30}', ".."), ('\u{1f100}', "0."), ('\u{1f101}', "0,"), ('\u{1f102}', "1,"),
    ('\u{1f103}', "2,"), ('\u{1f104}', "3,"), ('\u{1f105}', "4,"), ('\u{1f106}', "5,"),
    ('\u{1f107}', "6,"), ('\u{1f108}', "7,"), ('\u{1f109}', "8,"), ('\u{1f10a}', "9,"),
    ('\u{1f110}', "(A)"), ('\u{1f111}', "(B)"), ('\u{1f112}', "(C)"), ('\u{1f113}', "(D)"),
    ('\u{1f114}', "(E)"), ('\u{1f115}', "(F)"), ('\u{1f116}', "(G)"), ('\u{1f117}', "(H)"),
    ('\u{1f118}', "(I)"), ('\u{1f119}', "(J)"), ('\u{1f11a}', "(K)"), ('\u{1f11b}', "(L)"),
    ('\u{1f11c}', "(M)"), ('\u{1f11d}', "(N)"), ('\u{1f11e}', "(O)"), ('\u{1f11f}', "(P)"),
    ('\u{1f120}', "(Q)"), ('\u{1f121}', "(R)"), ('\u{1f122}', "(S)"), ('\u{1f123}', "(T)"),
    ('\u{1f124}', "(U)"), ('\u{1f125}', "(V)"), ('\u{1f126}', "(W)"), ('\u{1f127}', "(X)"),
    ('\u{1f128}', "(Y)"), ('\u{1f129}', "(Z)"), ('\u{1f12d}', "CD"), ('\u{1f12e}', "WZ"),
    ('\u{1f14a}', "HV"), ('\u{1f14b}', "MV"), ('\u{1f14c}', "SD"), ('\u{1f14d}', "SS"),
    ('\u{1f14e}', "PPV"), ('\u{1f14f}', "WC"), ('\u{1f16a}', "MC"), ('\u{1f16b}', "MD"),
    ('\u{1f16c}', "MR"), ('\u{1f190}', "DJ"),
];
