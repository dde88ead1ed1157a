//! Programs that read text and print it in another form.

use crate::facts::program::reader::awk;
use crate::facts::program::reader::jq;
use crate::facts::program::reader::sed;
use crate::facts::program::reader::text;
use crate::facts::program::row::ABBREVIATES;
use crate::facts::program::row::NUMBERS;
use crate::facts::program::row::ONE_DASH;
use crate::facts::program::row::PLUS;
use crate::facts::program::row::RAW;
use crate::facts::program::row::Row;
use crate::facts::program::row::STOPS;
use crate::facts::program::row::row;

const CHECKSUM: &[&str] =
    &["-b,binary -c,check tag -t,text -z,zero ignore-missing quiet status strict -w,warn -a= \
         algorithm= -l= length= untagged base64 raw debug -0 -U"];

/// The rows.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("cat,tac", "r*", &[
        "-AbeEnstTuv show-all number-nonblank show-ends number squeeze-blank show-tabs \
         show-nonprinting before regex -r separator=",
    ]),
    row("zcat,bzcat,xzcat,zstdcat,lz4cat,gzcat", "r*", &[
        "-fqvk -n force quiet verbose",
    ]),
    row("bat,batcat", "r*", &[
        "-ApnsSuPfd plain number show-all style= color= decorations= -l,language= -r,line-range= \
         -H,highlight-line= theme= wrap= tabs= terminal-width= file-name= -m,map-syntax= \
         list-languages list-themes squeeze-blank force-colorization diff chop-long-lines \
         strip-ansi= paging= no-paging pager=p -L config-file -V",
    ]).shape(0),
    row("head", "r*", &[
        "-c,bytes= -n,lines= -qv -z quiet silent verbose zero-terminated",
    ]).shape(ABBREVIATES | NUMBERS),
    row("tail", "r*", &[
        "-c,bytes= -n,lines= -fFqvz -r follow=? max-unchanged-stats= pid= quiet silent retry \
         -s,sleep-interval= verbose zero-terminated",
    ]).shape(ABBREVIATES | NUMBERS),
    row("wc", "r*", &[
        "-cmlLw bytes chars lines max-line-length words total= files0-from=f",
    ]),
    row("cut", "r*", &[
        "-b,bytes= -c,characters= -d,delimiter= -f,fields= -nswM complement only-delimited \
         output-delimiter= -z zero-terminated",
    ]),
    row("paste", "r*", &["-d,delimiters= -sz serial zero-terminated"]),
    row("column", "r*", &[
        "-tcxeLJnRW -o= -s= -N= -H= -l= -O= -C= -T= -r= -i= -p= -E= -d -M table columns= \
         separator= output-separator= output-width= table-name= table-columns= table-right= \
         table-noextreme= table-hide= table-order= table-truncate= table-wrap= table-empty-lines \
         table-noheadings table-columns-limit= table-header-repeat table-maxout keep-empty-lines \
         fillrows json tree= tree-id= tree-parent=",
    ]).shape(0),
    row("tr", "t*", &["-cCdst complement delete squeeze-repeats truncate-set1"])
        .shape(ABBREVIATES | STOPS),
    row("nl", "r*", &[
        "-b,body-numbering= -d,section-delimiter= -f,footer-numbering= -h,header-numbering= \
         -i,line-increment= -l,join-blank-lines= -n,number-format= -p no-renumber \
         -s,number-separator= -v,starting-line-number= -w,number-width=",
    ]),
    row("rev,tsort", "r*", &["-0 -V -h zero"]),
    row("expand,unexpand", "r*", &["-ai -t,tabs= all first-only initial"])
        .shape(ABBREVIATES | NUMBERS),
    row("fold,fmt,pr", "r*", &[
        "-bscuaitT -w,width= -g,goal= -p,prefix= bytes spaces crown-margin initial split-only \
         tagged-paragraph uniform-spacing tabs= all first-only -dFfJmrv -h,header= -l,length= \
         -o,indent= -N= -D= -S=? -e=? -n=?",
    ]).shape(ABBREVIATES | NUMBERS | PLUS),
    row("sort", "r*", &[
        "-bdfgiMhnRrVcCmsuz ignore-leading-blanks dictionary-order ignore-case \
         general-numeric-sort ignore-nonprinting month-sort human-numeric-sort numeric-sort \
         random-sort random-source=r reverse sort= version-sort batch-size= check=? \
         compress-program=p debug files0-from=f -k,key= merge -o,output=w stable -S,buffer-size= \
         -t,field-separator= -T=w temporary-directory=w parallel= unique zero-terminated",
    ]),
    row("uniq", "rw", &[
        "-cdDiuz count repeated all-repeated=? -f,skip-fields= group=? ignore-case -s,skip-chars= \
         unique zero-terminated -w,check-chars=",
    ]).shape(ABBREVIATES | NUMBERS | PLUS),
    row("comm", "r*", &[
        "-123iz check-order nocheck-order output-delimiter= total zero-terminated",
    ]),
    row("join", "r*", &[
        "-a= -e= -ij -o= -t= -v= -1= -2= -z check-order nocheck-order header zero-terminated \
         ignore-case",
    ]),
    row("diff,colordiff", "r*", &[
        "-qscuenypltTrNiEZbwBadP -C= -U= -W= -F= -x= -X=r -S= -I= -D= normal brief \
         report-identical-files context=? unified=? ed rcs side-by-side width= left-column \
         suppress-common-lines show-c-function show-function-line= label= -L= expand-tabs \
         initial-tab tabsize= suppress-blank-empty paginate recursive no-dereference new-file \
         unidirectional-new-file ignore-file-name-case no-ignore-file-name-case exclude= \
         exclude-from=r starting-file= from-file=r to-file=r ignore-case ignore-tab-expansion \
         ignore-trailing-space ignore-space-change ignore-all-space ignore-blank-lines \
         ignore-matching-lines= text strip-trailing-cr ifdef= old-group-format= new-group-format= \
         changed-group-format= unchanged-group-format= line-format= old-line-format= \
         new-line-format= unchanged-line-format= minimal horizon-lines= speed-large-files color=? \
         palette= -v",
    ]).shape(ABBREVIATES | NUMBERS),
    row("diff3", "r*", &[
        "-eEAxX3imaT -L= label= ed show-overlap show-all overlap-only easy-only merge text \
         strip-trailing-cr initial-tab diff-program=p",
    ]),
    row("sdiff", "r*", &[
        "-o,output=w -iEZbWBalsdH -w= -I= ignore-case width= diff-program=p text left-column \
         suppress-common-lines minimal",
    ]),
    row("cmp", "rrt*", &[
        "-bls print-bytes -i,ignore-initial= verbose -n,bytes= quiet silent",
    ]),
    row("md5sum,sha1sum,sha224sum,sha256sum,sha384sum,sha512sum,b2sum,cksum,sum,shasum,\
         md5,sha256,crc32,b3sum",
        "r*", CHECKSUM),
    row("base64,base32,basenc", "rw", &[
        "-d,decode -D -i,ignore-garbage -w,wrap= base64 base64url base32 base32hex base16 \
         base2msbf base2lsbf z85",
    ]),
    row("od", "r*", &[
        "-A,address-radix= endian= -j,skip-bytes= -N,read-bytes= -S=? strings=? -t,format= -v \
         output-duplicates -w=? width=? traditional -abcdfilosxhDOX",
    ]),
    row("hexdump,hd", "r*", &["-bcCdovx -e= -f=r -n= -s= -L=? color=? canonical one-byte-octal \
         one-byte-char two-bytes-decimal two-bytes-octal two-bytes-hex format= format-file=r \
         length= skip= no-squeezing -V -h"]),
    // A second operand is always written.
    row("xxd", "rw", &[
        "-a -autoskip -b -bits -c=#g -cols= -C -capitalize -e -E -EBCDIC -g=#g -groupsize= -h \
         -help -i -include -l=#g -len= -n= -name= -o=#g -offset= -p -ps -postscript -plain -r \
         -revert -d -R= -s=#g -seek= -u -v -version",
    ]).shape(ONE_DASH | NUMBERS),
    row("strings", "r*", &[
        "-afdowV -n,bytes= -t,radix= -e,encoding= -T,target= -U= -s= all data print-file-name \
         include-all-whitespace output-separator= unicode=",
    ]).shape(ABBREVIATES | NUMBERS),
    row("split", "rw", &[
        "-a,suffix-length= additional-suffix= -b,bytes= -C,line-bytes= -dxeu numeric-suffixes=? \
         hex-suffixes=? elide-empty-files filter=c -l,lines= -n,number= -t,separator= unbuffered \
         verbose",
    ]).shape(ABBREVIATES | NUMBERS).reader(text::split),
    row("csplit", "rt*", &[
        "-b,suffix-format= -f,prefix=w -ksqz keep-files suppress-matched -n,digits= quiet silent \
         elide-empty-files",
    ]).reader(text::csplit),
    row("tee", "w*", &["-aip append ignore-interrupts output-error=?"]),
    row("sponge", "w*", &["-a"]),
    row("seq", "t*", &["-f,format= -s,separator= -w \
         equal-width"]).shape(ABBREVIATES | STOPS | NUMBERS),
    row("echo,true,false,:", "t*", &[]).shape(RAW),
    row("yes,expr,factor,numfmt,basename,dirname", "t*", &[
        "-az -s= -d= multiple suffix= zero from= to= format= field= zero-terminated debug \
         grouping header=? invalid= padding= round= delimiter= from-unit= to-unit= -h exponents",
    ]).shape(ABBREVIATES | NUMBERS),
    row("shuf", "r*", &[
        "-e#P echo#P -i= input-range= -n= head-count= -r repeat -z zero-terminated -o=w output=w \
         random-source=r",
    ]),
    row("iconv", "r*", &["-cs -f,from-code= -t,to-code= -o,output=w -l list verbose"]),
    row("dos2unix,unix2dos", "w*", &[
        "-bcfkqoO -n#N -i=? force keepdate quiet info=? newfile oldfile",
    ]),
    row("sed,gsed", "Sr*", &[
        "-nErsuz -i,in-place=?#I -e,expression=S#P -f,file=F#P -l,line-length= quiet silent debug \
         follow-symlinks posix regexp-extended separate sandbox#B unbuffered null-data binary -a",
    ]).reader(sed::read),
    row("awk,gawk,mawk,nawk,original-awk", "St*", &[
        "-F,field-separator= -v,assign=A -f,file=F#P -e,source=S#P -i,include=L -l,load=o \
         -E,exec=F#P -bcCghknNOrSsV -d=?w dump-variables=?w -o=?w pretty-print=?w -p=?w \
         profile=?w -D=?x!opens_interactive debug=?x!opens_interactive -L=? lint=? characters-as-bytes traditional copyright gen-pot \
         trace csv bignum use-lc-numeric non-decimal-data optimize no-optimize posix re-interval \
         sandbox#B lint-old -M -W=W",
    ]).shape(ABBREVIATES | STOPS).reader(awk::read),
    row("jq,gojq,jaq", "t*", &[
        "-acCeijMnrsSV#_ ascii-output compact-output color-output exit-status monochrome-output \
         null-input raw-output -R raw-input slurp sort-keys tab indent= stream stream-errors seq \
         join-output unbuffered arg=tt argjson=tt slurpfile=tr rawfile=tr argfile=tr args#A \
         jsonargs#A -f,from-file=r#PQ -L=r library-path=r raw-output0 -h build-configuration \
         yaml-input yaml-output -b binary",
    ]).shape(0).reader(jq::read),
    row("yq", "t*", &[
        "-acCejMnrSV -y -Y -x -t -T -R -N -P -0 -i#I inplace#I in-place#I -I,indent= \
         -o,output-format= -p,input-format= prettyPrint null-input no-colors colors raw-output \
         raw-input unwrapScalar=? no-doc yaml-output yml-output yaml-roundtrip yml-roundtrip \
         toml-output xml-output indentless width= -w= arg=tt argjson=tt slurpfile=tr rawfile=tr \
         args#A jsonargs#A slurp sort-keys compact-output exit-status exit-status \
         -f,front-matter= from-file=r#PQ header-preprocess security-disable-env-ops \
         -s,split-exp=z tab split-exp-file=z -v,verbose -h",
    ]).shape(0).reader(text::yq),
];
